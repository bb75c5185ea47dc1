import { expect, test } from "vitest";
import type { Entry } from "../../src/language/line-parts.ts";
import { type LineGroup, lineAt, lineGroups } from "../../src/language/lines.ts";
import type { Document } from "../../src/model/document.ts";
import type { Span } from "../../src/model/span.ts";
import { read } from "../read/reading.ts";

/** One line for each line: its body, then what is known of it. */
function told(document: Document, group: LineGroup | undefined): readonly string[] {
  const words = (span: Span): string => document.text.slice(span.start, span.end);
  const pair = (entry: Entry): string => `${words(entry.key)}=${words(entry.value)}`;
  return (group?.lines ?? []).map((line) =>
    [
      line.entry === null ? (line.fields.length === 0 ? words(line.body) : line.fields.map(pair).join("; ")) : pair(line.entry),
      line.isPrompt ? "prompt" : "",
      line.comment === null ? "" : words(line.comment),
      line.outputOf === null ? "" : `output of ${line.outputOf}`,
      line.continues === null ? "" : `goes on ${line.continues}`,
      line.under === null ? "" : `under ${line.under}`,
    ]
      .filter((part) => part !== "")
      .join(" | "),
  );
}

async function code(text: string): Promise<readonly string[]> {
  const document = await read("a.md", `# Use\n\nAs follows:\n\n\`\`\`\n${text}\n\`\`\`\n`);
  return told(document, lineGroups(document)[0]);
}

test("keys and values, whatever stands between them", async () => {
  expect(await code('cards: 8\nhours = 12.5\nplace      Oslo\n"price": "$3",')).toEqual([
    "cards=8",
    "hours=12.5",
    "place=Oslo",
    "price=$3",
  ]);
});

test("keys stand under the key or the section above", async () => {
  expect(await code("train:\n  cards: 8   # borrowed\n  more:\n    hours: 9\ntest:\n  cards: 1")).toEqual([
    "train=",
    "cards=8 | # borrowed | under 0",
    "more= | under 0",
    "hours=9 | under 2",
    "test=",
    "cards=1 | under 4",
  ]);
  expect(await code("[train]\ncards = 8\n[test]\ncards = 1")).toEqual(["[train]", "cards=8 | under 0", "[test]", "cards=1 | under 2"]);
});

test("commands with their flags over several lines, and what they print", async () => {
  expect(await code("$ run.py --cards 8 \\\n    --rate=0.1 opt.steps=90  // short\n$ count hours\n96\n>>> 8 * 12\n96")).toEqual([
    "cards=8 | prompt",
    "rate=0.1; opt.steps=90 | // short | goes on 0",
    "count hours | prompt",
    "96 | output of 2",
    "8 * 12 | prompt",
    "96 | output of 4",
  ]);
});

test("fields of a log, with stamps before them", async () => {
  expect(await code("[00:01] step: 10 | loss: 3.1 | rate: 80 |\n12:00:02 INFO step=20 loss=3.0")).toEqual([
    "step=10; loss=3.1; rate=80",
    "step=20; loss=3.0",
  ]);
});

test("a mark inside quotes, or without space, begins no comment", async () => {
  expect(await code('say "8 # cards"\nsee https://a.b/c\nshow #cards')).toEqual(['say "8 # cards"', "see https://a.b/c", "show #cards"]);
});

test("lists know what leads them in and what heads them", async () => {
  const document = await read("a.md", "## Costs\n\nHours by part:\n\n- **core** – 12\n- ☀ Rest: 4\n- nothing else\n\nThat is all.\n");
  const [group] = lineGroups(document);
  expect(told(document, group)).toEqual(["core=12", "Rest=4", "nothing else"]);
  expect(group?.isLedIn).toBe(true);
  const words = (span: Span | undefined): string => document.text.slice(span?.start, span?.end);
  expect([words(group?.heading?.span), words(group?.before?.span), words(group?.after?.span)]).toEqual([
    "Costs",
    "Hours by part:",
    "That is all.",
  ]);
});

test("a paragraph of keys and values is told line by line, prose is not", async () => {
  const document = await read("a.md", "Summary\nCards: 8\nTime: 3 days\n\nOne sentence: it goes\non and on.\n");
  const groups = lineGroups(document);
  expect(groups.map((group) => told(document, group))).toEqual([["Summary", "Cards=8", "Time=3 days"]]);
  const at = lineAt(groups, document.text.indexOf("3 days"));
  expect(at?.line.entry === null || at === null ? "" : document.text.slice(at.line.entry.key.start, at.line.entry.key.end)).toBe("Time");
  expect(lineAt(groups, document.text.indexOf("on and on"))).toBeNull();
});
