import type { ComponentChildren, VNode } from "preact";
import type { WireFinding, WireMention } from "../src/report/wire.ts";
import type { Choice, Entry, KeptCorrection, Outcome, WhatIf } from "./api.ts";
import { correctedThing } from "./corrections.ts";
import { choiceWords, DecisionBar } from "./decision-bar.tsx";
import { figureWords, inPageUnit, recomputedWords, statedWords } from "./figure-words.ts";
import { HistoryLines, timeWords } from "./history-lines.tsx";
import { choicesOf, type Judgements } from "./judgements.ts";
import type { Keymap } from "./keymap.ts";
import type { OpenDocument } from "./use-document.ts";
import type { Step } from "./use-history.ts";
import { type Correct, FigureFields, MissingFields, PriceFields, type ReadingChoice, Readings } from "./what-if-fields.tsx";

interface Props {
  readonly opened: OpenDocument;
  readonly finding: WireFinding;
  /** The finding under the corrections; null where it is gone under them. */
  readonly now: WireFinding | null;
  readonly whatIf: WhatIf | null;
  readonly judgements: Judgements;
  readonly reviewer: string;
  readonly fingerprint: string;
  /** Why it stands in no report. */
  readonly doubt: string | null;
  /** Who added the claim; null where it was found. */
  readonly added: Entry["added"];
  readonly takeBackClaim: () => void;
  readonly corrected: readonly KeptCorrection[];
  readonly readings: readonly ReadingChoice[];
  /** The claim, then what it rests on. */
  readonly mentions: readonly WireMention[];
  readonly providers: readonly string[];
  readonly keymap: Keymap;
  readonly correct: Correct;
  readonly takeBack: (line: KeptCorrection) => void;
  readonly decide: (choice: Choice) => void;
  readonly takeBackDecision: () => void;
  readonly saveNote: (note: string) => void;
  readonly show: (mention: string) => void;
  readonly restore: (step: Step) => void;
}

/** Stated against recomputed, the decision, the what-if, the working, and where each number comes from. */
export function FindingPane(props: Props): VNode {
  const { finding, now, opened, keymap, corrected, correct } = props;
  const shown = now ?? finding;
  const claim = props.mentions.find(({ id }) => id === finding.claim);
  const own = props.judgements.standing.get(props.fingerprint)?.get(props.reviewer) ?? null;
  const hasPrices = finding.rule.startsWith("money/") || finding.missing.some(({ slot }) => slot === "price");
  const hasMissing = finding.missing.length > 0 && claim !== undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys.
    <section class="pane finding" aria-label="Finding" data-place={`${opened.index} ${finding.id}`} tabIndex={0}>
      <p class="verdict">
        <b class={shown.severity}>
          {shown.severity}: {shown.verdict}
        </b>
        <span class="dim">
          {shown.rule} · confidence{"\u00a0"}
          {shown.confidence.toFixed(2)}
        </span>
      </p>
      {props.doubt === null ? null : <p class="doubt">Read with doubt, and in no report: {props.doubt}.</p>}
      {props.added === null ? null : (
        <p class="doubt">
          Added by {props.added.reviewer}, {timeWords(props.added.at)}{" "}
          <button type="button" class="small" id="take-back-claim" onClick={props.takeBackClaim}>
            take back
          </button>
        </p>
      )}
      <dl class="figures">
        <dt>stated</dt>
        <dd>{statedWords(inPageUnit(shown.stated, shown), claim)}</dd>
        <dt>works out to</dt>
        <dd>
          {now === finding || finding.recomputed === null || now?.recomputed?.value === finding.recomputed.value ? null : (
            <s class="dim">{figureWords(inPageUnit(finding.recomputed, finding))}</s>
          )}{" "}
          <span id="recomputed" aria-live="polite">
            {recomputedWords(shown)}
          </span>
        </dd>
      </dl>
      <p class="message">{shown.message}</p>
      <DecisionBar own={own} keymap={keymap} decide={props.decide} takeBack={props.takeBackDecision} saveNote={props.saveNote} />
      <Others {...props} />
      <Corrections {...props} />
      {hasMissing ? (
        <Part title="Missing: what if it were" hint={keymap.edit}>
          <MissingFields {...{ finding, claim, corrected, correct }} />
        </Part>
      ) : null}
      {props.readings.length === 0 ? null : (
        <Part title="Readings">
          <Readings choices={props.readings} {...{ finding, corrected, correct }} />
        </Part>
      )}
      {shown.steps.length === 0 ? null : (
        <Part title="Working">
          <Working finding={shown} mentions={opened.wire.mentions} show={props.show} />
        </Part>
      )}
      <Part title="Figures it rests on" hint={hasMissing ? keymap.where : `${keymap.where} ${keymap.edit}`}>
        <FigureFields noun={shown.noun ?? null} mentions={props.mentions} corrected={corrected} correct={correct} show={props.show} />
      </Part>
      {hasPrices && claim !== undefined ? (
        <Part title="Prices, where the page states none" hint={keymap.price}>
          <PriceFields claim={claim} providers={props.providers} corrected={corrected} correct={correct} />
        </Part>
      ) : null}
      <History {...props} />
    </section>
  );
}

function Part({ title, hint, children }: { readonly title: string; readonly hint?: string; readonly children: ComponentChildren }): VNode {
  return (
    <>
      <h2>
        {title}
        {hint?.split(" ").map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </h2>
      {children}
    </>
  );
}

/** What the other reviewers decided. */
function Others({ judgements, fingerprint, reviewer }: Props): VNode | null {
  const others = choicesOf(judgements, fingerprint).filter((line) => line.reviewer !== reviewer);
  if (others.length === 0) return null;
  return (
    <ul class="others" aria-label="Other reviewers">
      {others.map(({ reviewer: name, decision, reason, note, at }) => (
        <li key={name}>
          <b>{name}</b>: {choiceWords(decision)}
          {[reason, note].filter((part) => part !== "").map((part) => `, ${part}`)} <span class="dim">{timeWords(at)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What was corrected, by whom, and what that changes. */
function Corrections({ corrected, whatIf, now, opened, takeBack }: Props): VNode | null {
  if (corrected.length === 0) return null;
  const words = new Map(opened.wire.mentions.map(({ id, text }) => [id, text]));
  return (
    <div class="corrections" role="status">
      <ul>
        {corrected.map((line) => (
          <li key={line.id}>
            {correctedThing(line)} {line.before === "" ? "filled in as " : `corrected from ${line.before} to `}
            <b>{line.after}</b> by {line.reviewer}{" "}
            <button type="button" onClick={() => takeBack(line)}>
              take back
            </button>
          </li>
        ))}
      </ul>
      {whatIf === null ? null : (
        <>
          {now === null ? <p>With this there is no finding on the claim.</p> : null}
          {whatIf.changed.length === 0 ? <p>Nothing else follows from it.</p> : null}
          <ul>
            {whatIf.changed.map(({ rule, claim, before, after }) => (
              <li key={`${rule} ${claim}`}>
                “{words.get(claim) ?? claim}”: {changeWords(before, after)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** "$61,440 → $30,720, still inconsistent"; "could not be checked → consistent". */
function changeWords(before: Outcome | null, after: Outcome | null): string {
  const figure = (outcome: Outcome | null): string => (outcome?.recomputed == null ? "nothing" : figureWords(outcome.recomputed));
  const [left, right] = [before?.verdict ?? "no finding", after?.verdict ?? "no finding"];
  const figures = figure(before) === figure(after) ? "" : `${figure(before)} → ${figure(after)}, `;
  return `${figures}${left === right ? `still ${right}` : `${left} → ${right}`}`;
}

/** The steps; one that reads a figure leads to where it stands. */
function Working(props: {
  readonly finding: WireFinding;
  readonly mentions: readonly WireMention[];
  readonly show: (mention: string) => void;
}): VNode {
  return (
    <ol class="working">
      {props.finding.steps.map(({ text, from, source }, index) => {
        const [only] = from;
        const isRead = from.length === 1 && only !== undefined && text.includes(", from ");
        return (
          <li key={index}>
            {isRead ? (
              <button type="button" class="link" onClick={() => props.show(only)}>
                {text}
              </button>
            ) : (
              text
            )}
            {source === null ? null : <span class="dim"> [{source}]</span>}
          </li>
        );
      })}
    </ol>
  );
}

/** Every line on this finding. */
function History({ judgements, fingerprint, reviewer, restore }: Props): VNode | null {
  const isMeant = (line: { readonly fingerprint: string }): boolean => line.fingerprint === fingerprint;
  const count = [...judgements.decisions.values()].filter(isMeant).length + [...judgements.corrections.values()].filter(isMeant).length;
  if (count === 0) return null;
  return (
    <details>
      <summary>History ({count})</summary>
      <HistoryLines {...{ judgements, reviewer, fingerprint, restore }} entries={[]} go={null} />
    </details>
  );
}
