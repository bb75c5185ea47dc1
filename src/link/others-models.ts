import { blockAt } from "../language/reading-order.ts";
import type { Document } from "../model/document.ts";
import type { SubjectName } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import type { ModelName } from "./model-name.ts";

interface Named {
  readonly span: Span;
  readonly name: ModelName;
  readonly evidence: SubjectName["evidence"];
}

/** Folded families by who made them. */
export interface Makers {
  /** Known by name, not the document's own, and nowhere said to be trained by its authors. */
  readonly others: ReadonlySet<string>;
  /** The document's own, and what its authors say that they trained; null where it is not known which model is theirs. */
  readonly own: ReadonlySet<string> | null;
}

/** Which models of a document somebody else made. */
export function makersOf(document: Document, named: readonly Named[], main: ModelName | null): Makers {
  if (main === null) return { others: new Set(), own: null };
  const own = new Set<string>([main.family]);
  const others = new Set<string>();
  for (const [family, places] of Map.groupBy(named, ({ name }) => name.family)) {
    const isOwn =
      family.startsWith(main.family) ||
      main.family.startsWith(family) ||
      places.some(({ span, evidence }) => isTitle(document, span, evidence) || isMadeHere(document.text, span));
    if (isOwn) own.add(family);
    else if (places.some(({ evidence }) => evidence === "catalog")) others.add(family);
  }
  return { others, own };
}

/** Named in a title, as the key of a list, or by a heading that compares it with nothing. */
function isTitle(document: Document, span: Span, evidence: SubjectName["evidence"]): boolean {
  if (evidence !== "heading") return evidence === "title" || evidence === "key";
  const block = document.blocks[blockAt(document, span.start)];
  return block !== undefined && !COMPARES.test(document.text.slice(block.span.start, block.span.end));
}

/** Matches "Comparison of A and B", "A vs. B", "Related work"; not "A". */
const COMPARES = /\bcompar|\bvs\b|\bversus\b|\brelated\b|\bdifferences?\b|,|\band\b/i;

/** How far before a name the authors may say what they did with it, in code units. */
const REACH = 240;

/** Whether the authors say that they trained, made or ran it. */
function isMadeHere(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - REACH), start);
  const sentence = before.split(SENTENCE_END).at(-1) ?? before;
  return MADE.test(sentence) || OURS.test(before) || OURS_AFTER.test(text.slice(end, end + 16));
}

/** Matches ". We", an empty line; not "et al. [3]", "2.5". */
const SENTENCE_END = /[.!?]\s+(?=\p{Lu})|\n\n/u;

/** Matches "We pre-train ", "we also reproduce ", "let us take "; not "we assume that training ". */
const MADE =
  /\blet(?: us|['’]s)\s(?:train|take|consider|use|run)\b|\b(?:we|I)\s(?:have\s|also\s|then\s|first\s|further\s|only\s|successfully\s)?(?:(?:pre|re|post)-?)?(?:train|fine-?tun|tun|present|introduc|propos|develop|releas|buil[dt]|reproduc|implement|run|ran|scale|initiali[sz]|continu)\w*\b/i;

/** Matches "our ", "our own 7B "; not "our results on ". */
const OURS = /\b(?:our|ours|this)\s(?:own\s)?(?:[\d.]+[BMT][\s-])?$/i;

/** Matches " (ours)", " (our run)". */
const OURS_AFTER = /^\s?\((?:ours?|our |this )/i;
