import type { VNode } from "preact";
import type { WireFinding, WireMention } from "../src/report/wire.ts";
import type { CorrectionKind, KeptCorrection } from "./api.ts";
import { leadingNumber } from "./corrections.ts";
import { figureWords, inPageUnit, numberText, slotWords, unitWords } from "./figure-words.ts";

/** What a reviewer puts in place of something else. */
export interface Edit {
  readonly kind: CorrectionKind;
  readonly mention: string;
  readonly text: string;
  readonly slot: string;
  readonly before: string;
  /** Null is as it was. */
  readonly after: string | null;
}

export type Correct = (edit: Edit) => void;

/** A reading that a digit key chooses. */
export interface ReadingChoice {
  readonly mention: WireMention;
  readonly unit: string;
}

/** The readings of the figures that a finding rests on, where there is a choice. */
export function readingChoices(mentions: readonly WireMention[]): readonly ReadingChoice[] {
  const several = mentions.filter(({ readings }) => new Set(readings.map(({ unit }) => unit)).size > 1);
  return several
    .flatMap((mention) => [...new Set(mention.readings.map(({ unit }) => unit))].map((unit) => ({ mention, unit })))
    .slice(0, 9);
}

/** Choosing what is chosen takes it back. */
export function readingEdit({ mention, unit }: ReadingChoice, corrected: readonly KeptCorrection[]): Edit {
  const chosen = corrected.find((line) => line.kind === "reading" && line.mention === mention.id)?.after;
  return {
    ...{ kind: "reading" as const, mention: mention.id, text: mention.text, slot: "", before: mention.readings[0]?.unit ?? mention.unit },
    after: chosen === unit ? null : unit,
  };
}

interface FieldsProps {
  readonly finding: WireFinding;
  readonly corrected: readonly KeptCorrection[];
  readonly correct: Correct;
}

/** The readings as switches, each with what it gives. */
export function Readings({ choices, finding, corrected, correct }: FieldsProps & { readonly choices: readonly ReadingChoice[] }): VNode {
  const isOneFigure = new Set(choices.map(({ mention }) => mention.id)).size === 1;
  return (
    <div class="choices readings">
      {choices.map((choice, index) => {
        const { mention, unit } = choice;
        const isChosen = corrected.some((line) => line.kind === "reading" && line.mention === mention.id && line.after === unit);
        const outcome = isOneFigure ? finding.readings.find(({ assumes }) => assumes.includes(unit)) : undefined;
        return (
          <button
            type="button"
            key={`${mention.id} ${unit}`}
            aria-pressed={isChosen}
            onClick={() => correct(readingEdit(choice, corrected))}
          >
            <kbd>{index + 1}</kbd> {unitWords(inPageUnit({ unit }, finding).unit)}
            {isOneFigure ? null : <span class="dim"> of “{mention.text}”</span>}
            {outcome === undefined ? null : (
              <span class="dim">
                {" "}
                {figureWords(outcome)} {outcome.agrees ? "fits" : "does not fit"}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}

/** Fields for what the page does not say. */
export function MissingFields({ finding, corrected, correct, claim }: FieldsProps & { readonly claim: WireMention }): VNode {
  return (
    <>
      {finding.missing.map(({ slot, unit = "", needed = null, solved, fits }) => {
        // What is typed in the unit of the page ("256 cores") is taken in that of the slot (chips).
        const factor = solved === null || needed === null ? 1 : needed / solved.value;
        const kept = corrected.find((line) => line.kind === "fill" && line.slot === slot)?.after;
        const put = (after: string | null): void => correct({ kind: "fill", mention: claim.id, text: claim.text, slot, before: "", after });
        const fill = (value: number): void => put(`${value * factor} ${unit}`.trim());
        return (
          <p key={slot} class="field">
            <NumberField
              label={slotWords(slot)}
              value={kept === undefined || kept === null ? null : leadingNumber(kept) / factor}
              hint={solved === null ? "" : String(Number(solved.value.toPrecision(4)))}
              change={(value) => (value === null ? put(null) : fill(value))}
            />{" "}
            <span class="unit">{unitWords(solved?.unit ?? unit)}</span>
            {fits === null ? null : (
              <button type="button" onClick={() => fill(fits.figure.value)}>
                {fits.name}: {figureWords(fits.gives)}
              </button>
            )}
          </p>
        );
      })}
    </>
  );
}

/** The numbers that a finding rests on: a click leads to where each stands, a field takes what the page really has. */
export function FigureFields(props: {
  /** What the page calls an accelerator; null where it has no other word. */
  readonly noun: string | null;
  readonly mentions: readonly WireMention[];
  readonly corrected: readonly KeptCorrection[];
  readonly correct: Correct;
  readonly show: (mention: string) => void;
}): VNode {
  return (
    <>
      {props.mentions.map((mention) => {
        const kept = props.corrected.find((line) => line.kind === "value" && line.mention === mention.id)?.after;
        const before = numberText(mention.value);
        return (
          <p key={mention.id} class="field figure">
            <button type="button" class="link" onClick={() => props.show(mention.id)}>
              {mention.text}
            </button>
            <NumberField
              label={`number of ${mention.text}`}
              isLabelHidden
              value={kept === undefined || kept === null ? mention.value : Number(kept)}
              hint={before}
              change={(value) =>
                props.correct({
                  ...{ kind: "value", mention: mention.id, text: mention.text, slot: "", before },
                  after: value === null || value === mention.value ? null : numberText(value),
                })
              }
            />
            <span class="unit">{unitWords(inPageUnit(mention, props).unit)}</span>
          </p>
        );
      })}
    </>
  );
}

/** Whose prices are taken, of when, or what an hour cost. */
export function PriceFields(props: {
  readonly claim: WireMention;
  readonly providers: readonly string[];
  readonly corrected: readonly KeptCorrection[];
  readonly correct: Correct;
}): VNode {
  const { claim, corrected } = props;
  const keptOf = (kind: CorrectionKind, slot: string): string =>
    corrected.find((line) => line.kind === kind && line.slot === slot)?.after ?? "";
  const change = (kind: CorrectionKind, slot: string, after: string): void =>
    props.correct({ kind, mention: claim.id, text: claim.text, slot, before: "", after: after === "" ? null : after });
  return (
    <div class="prices">
      <label>
        provider{" "}
        <select id="provider" value={keptOf("provider", "")} onChange={(event) => change("provider", "", event.currentTarget.value)}>
          <option value="">usual one</option>
          {props.providers.map((provider) => (
            <option key={provider} value={provider}>
              {provider}
            </option>
          ))}
        </select>
      </label>
      <label>
        price date{" "}
        <input
          name="price-date"
          size={10}
          maxLength={10}
          placeholder="2019-06"
          pattern="(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
          title="2019, 2019-06 or 2019-06-27"
          defaultValue={keptOf("price-date", "")}
          onChange={(event) => event.currentTarget.reportValidity() && change("price-date", "", event.currentTarget.value)}
        />
      </label>
      <NumberField
        label="USD per accelerator-hour"
        value={keptOf("fill", "price") === "" ? null : leadingNumber(keptOf("fill", "price"))}
        hint="list price"
        change={(value) => change("fill", "price", value === null ? "" : `${value} USD/accelerator-hour`)}
      />
    </div>
  );
}

/** A number above 0; an empty field is none. */
function NumberField(props: {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: number | null;
  readonly hint: string;
  readonly change: (value: number | null) => void;
}): VNode {
  const shown = props.value === null ? "" : numberText(props.value);
  return (
    <label>
      {props.isLabelHidden === true ? null : `${props.label} `}
      <input
        // Another value from outside is another field, for what is typed belongs to the reviewer.
        key={shown}
        class="value"
        type="number"
        step="any"
        min={0}
        aria-label={props.label}
        placeholder={props.hint}
        defaultValue={shown}
        onChange={(event) => {
          const { value } = event.currentTarget;
          const number = Number(value);
          if (value === "") props.change(null);
          else if (Number.isFinite(number) && number > 0) props.change(number);
        }}
      />
    </label>
  );
}
