import type { Block, Document } from "../model/document.ts";
import type { Span } from "../model/span.ts";
import { lastStarting } from "./by-place.ts";
import { argumentsIn, commentIn, type Entry, entryIn, fieldsIn, trimmed } from "./line-parts.ts";

/** One line of code, of a log, of a list or of a block of keys and values. */
export interface TextLine {
  readonly block: Block;
  /** Without indent, and without white space at the end; comments belong to it. */
  readonly span: Span;
  /** Columns of white space before it. */
  readonly indent: number;
  /** The words without prompt and comment. */
  readonly body: Span;
  /** "# one node", "// tokens", with its mark. */
  readonly comment: Span | null;
  /** The one key and value that the body is made of; null where there are several. */
  readonly entry: Entry | null;
  /** Where there are several: fields of a log, flags and settings of a command. */
  readonly fields: readonly Entry[];
  /** True where a shell or an interpreter reads it: "$ python -c ...", ">>> 2 * 3". */
  readonly isPrompt: boolean;
  /** Index of the prompt line whose output this is. */
  readonly outputOf: number | null;
  /** Index of the line that this one goes on, after a backslash. */
  readonly continues: number | null;
  /** Index of the line that it stands under: a key without a value that is indented less, "[section]" above. */
  readonly under: number | null;
}

/** Lines that belong together, with what stands around them. */
export interface LineGroup {
  readonly kind: "code" | "list" | "keys";
  readonly lines: readonly TextLine[];
  /** The nearest heading above. */
  readonly heading: Block | null;
  /** The paragraph right above, and whether it leads in: "as follows:". */
  readonly before: Block | null;
  readonly isLedIn: boolean;
  /** The paragraph right below. */
  readonly after: Block | null;
}

/** What a shell or an interpreter prints before it reads: "$ ", "user@host:~$ ", ">>> ", "In [3]: "; not "$5". */
const PROMPT = /^(?:[\w.@~:/()-]*[$%]\s+(?=[\p{L}_.~/"'])|>>>\s+|In \[\d*\]:\s+)/u;
const RESULT = /^Out\[\d*\]:\s*/;
const SECTION = /^\[[\p{L}\p{N}_. -]+\]$/u;
const LEADS_IN = /[:：]\s*$/;

/** The lines of a document that can be told apart: of code, lists, and paragraphs that are keys and values line by line. */
export function lineGroups(document: Document): readonly LineGroup[] {
  const { blocks, text } = document;
  const groups: LineGroup[] = [];
  let heading: Block | null = null;
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks[index];
    if (block === undefined) continue;
    if (block.kind === "heading") heading = block;
    const kind = kindOf(block, text);
    if (kind === null) continue;
    const first = index;
    while (kind === "list" && blocks[index + 1]?.kind === "list-item") index += 1;
    const members = blocks.slice(first, index + 1);
    const lines = kind === "list" ? members.map((member) => lineOf(text, member, member.span, false)) : linesOf(text, block);
    if (kind === "keys" && !areKeys(lines)) continue;
    const before = proseAt(blocks, first - 1);
    groups.push({
      kind,
      lines: kind === "code" ? inContext(text, lines) : lines,
      heading,
      before,
      isLedIn: before !== null && LEADS_IN.test(text.slice(Math.max(before.span.start, before.span.end - 3), before.span.end)),
      after: proseAt(blocks, index + 1),
    });
  }
  return groups;
}

/** The line that an offset stands in; null where lines are not told apart. */
export function lineAt(groups: readonly LineGroup[], offset: number): { readonly group: LineGroup; readonly line: TextLine } | null {
  const group = lastStarting(groups, offset, ({ lines }) => lines[0]?.span.start ?? 0);
  const line = lastStarting(group?.lines ?? [], offset, ({ span }) => span.start);
  return group === undefined || line === undefined || offset >= line.span.end ? null : { group, line };
}

/** Keys and values line by line, under a title, or with a remark here and there. */
function areKeys(lines: readonly TextLine[]): boolean {
  const isKey = (line: TextLine): boolean => line.entry !== null || line.fields.length > 0 || line.body.start === line.body.end;
  const keys = lines.filter(isKey).length;
  return (
    keys === lines.length ||
    (keys === lines.length - 1 && lines.length > 2) ||
    (keys >= FEWEST_KEYS && keys >= SHARE_OF_KEYS * lines.length)
  );
}

const FEWEST_KEYS = 4;
const SHARE_OF_KEYS = 0.7;

function kindOf(block: Block, text: string): LineGroup["kind"] | null {
  if (block.kind === "code") return "code";
  if (block.kind === "list-item") return "list";
  const isParted = block.kind === "paragraph" && text.slice(block.span.start, block.span.end).includes("\n");
  return isParted ? "keys" : null;
}

function proseAt(blocks: readonly Block[], index: number): Block | null {
  const block = blocks[index];
  return block?.kind === "paragraph" || block?.kind === "quote" ? block : null;
}

function linesOf(text: string, block: Block): readonly TextLine[] {
  const lines: TextLine[] = [];
  for (let start = block.span.start; start < block.span.end; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 || found > block.span.end ? block.span.end : found;
    if (text.slice(start, end).trim() !== "") lines.push(lineOf(text, block, { start, end }, block.kind === "code"));
    start = end + 1;
  }
  return lines;
}

function lineOf(text: string, block: Block, printed: Span, isCode: boolean): TextLine {
  const span = trimmed(text, printed);
  const words = text.slice(span.start, span.end);
  const prompt = isCode ? (PROMPT.exec(words)?.[0].length ?? 0) : 0;
  const result = isCode ? (RESULT.exec(words)?.[0].length ?? 0) : 0;
  const comment = commentIn(text, span);
  const body = trimmed(text, { start: span.start + prompt + result, end: comment?.start ?? span.end });
  const flags = isCode ? argumentsIn(text, body) : [];
  const fields = flags.length > 0 ? flags : fieldsIn(text, body);
  return {
    block,
    span,
    indent: span.start - printed.start,
    body,
    comment,
    entry: prompt > 0 || fields.length > 0 ? null : entryIn(text, body, isCode),
    fields,
    isPrompt: prompt > 0,
    outputOf: null,
    continues: null,
    under: null,
  };
}

/** Lines of code with what they go on, what they are the output of, and what they stand under. */
function inContext(text: string, lines: readonly TextLine[]): readonly TextLine[] {
  let prompt: number | null = null;
  let section: number | null = null;
  let open: number[] = [];
  let continued: number | null = null;
  return lines.map((line, index) => {
    const continues = continued;
    const ends = text.slice(line.body.start, line.body.end).endsWith("\\");
    continued = ends ? (continues ?? index) : null;
    if (line.isPrompt) prompt = index;
    open = open.filter((above) => (lines[above]?.indent ?? 0) < line.indent);
    const under = open.at(-1) ?? section;
    const isSection = SECTION.test(text.slice(line.body.start, line.body.end));
    if (isSection) section = index;
    const isParent = line.entry !== null && line.entry.value.start === line.entry.value.end;
    if (isParent) open.push(index);
    return {
      ...line,
      continues,
      under: continues === null && !isSection ? under : null,
      outputOf: line.isPrompt || continues !== null ? null : prompt,
    };
  });
}
