import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import type { WireMention } from "../src/report/wire.ts";
import type { PartPlaces } from "./api.ts";
import { type ClaimMark, STANDING_WORDS } from "./claim-marks.ts";
import { scrollInPane } from "./in-pane.ts";
import { rangeOf } from "./page-selection.ts";
import type { FoundPlaces } from "./use-find.ts";

interface Props {
  readonly part: PartPlaces;
  readonly marked: readonly WireMention[];
  readonly claim: string;
  readonly target: string;
  /** All claims of the document; those that are open are among `marked`. */
  readonly claims: readonly ClaimMark[];
  readonly openClaim: (fingerprint: string) => void;
  readonly found: FoundPlaces;
}

type Block = PartPlaces["blocks"][number];
type Row = NonNullable<Block["rows"]>[number];

/** A document without pages; its words go in as text nodes only. */
export function TextPage({ part, marked, claim, target, claims, openClaim, found }: Props): VNode {
  useHighlights(found);
  useEffect(() => {
    scrollInPane(document.querySelector(`[data-mention="${target}"]`), { block: "center", inline: "nearest" });
  }, [target, part]);
  const shown = new Set(marked.map(({ id }) => id));
  const others = claims.filter(({ mention }) => !shown.has(mention.id));
  const inOrder = [...marked, ...others.map(({ mention }) => mention)].sort((left, right) => left.start - right.start);
  const standings = new Map(claims.map((each) => [each.mention.id, each]));
  const words = (block: Block, from: number, to: number): readonly (string | VNode)[] =>
    markedWords(block, { from, to }, inOrder, (id, words) => {
      const standing = standings.get(id);
      const look = [id === claim ? "claim" : shown.has(id) ? "premise" : "", id === target ? "target" : "", standing?.standing ?? ""];
      return (
        <mark key={id} class={look.filter((name) => name !== "").join(" ")} data-mention={id}>
          {standing === undefined || id === claim ? (
            words
          ) : (
            <a
              href={`#${id}`}
              draggable={false}
              title={`${STANDING_WORDS[standing.standing]}: open this claim`}
              onClick={(event) => {
                event.preventDefault();
                openClaim(standing.fingerprint);
              }}
            >
              {words}
            </a>
          )}
        </mark>
      );
    });
  return (
    <article>
      {part.blocks.map((block) => {
        const { kind, start, text, rows } = block;
        if (rows !== null)
          return (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys.
            <section key={start} class="table" tabIndex={0} aria-label="table">
              <table>
                <tbody>
                  {rows.map((row, line) => (
                    <tr key={line}>{row.map((cell) => tableCell(start, cell, words(block, cell.start, cell.end)))}</tr>
                  ))}
                </tbody>
              </table>
            </section>
          );
        const isWide = kind === "table" || kind === "code";
        return (
          <p key={start} class={kind} data-start={start} tabIndex={isWide ? 0 : undefined}>
            {words(block, 0, text.length)}
          </p>
        );
      })}
    </article>
  );
}

/** Shows what was found, and scrolls to the place that is looked at. */
function useHighlights({ places, at }: FoundPlaces): void {
  useEffect(() => {
    const ranges = places.map(rangeOf);
    const current = ranges[at] ?? null;
    const all = ranges.filter((range) => range !== null && range !== current);
    CSS.highlights.set("found", new Highlight(...all.filter((range) => range !== null)));
    CSS.highlights.set("found-current", new Highlight(...(current === null ? [] : [current])));
    scrollInPane(current?.startContainer.parentElement, { block: "center", inline: "nearest" });
    return () => CSS.highlights.clear();
  }, [places, at]);
}

/** A cell of a table that begins at an offset. */
function tableCell(table: number, { start, header, columns, lines }: Row[number], words: readonly (string | VNode)[]): VNode {
  const size = { colSpan: columns, rowSpan: lines, "data-start": table + start };
  return header ? (
    <th key={start} {...size}>
      {words}
    </th>
  ) : (
    <td key={start} {...size}>
      {words}
    </td>
  );
}

/** A stretch of a block, with the figures in it marked. */
function markedWords(
  { text, start }: Block,
  { from, to }: { readonly from: number; readonly to: number },
  marked: readonly WireMention[],
  mark: (mention: string, words: string) => VNode,
): readonly (string | VNode)[] {
  const parts: (string | VNode)[] = [];
  let done = from;
  for (const mention of marked) {
    const [begin, end] = [mention.start - start, mention.end - start];
    if (begin < done || end > to) continue;
    parts.push(text.slice(done, begin), mark(mention.id, text.slice(begin, end)));
    done = end;
  }
  return [...parts, text.slice(done, to)];
}
