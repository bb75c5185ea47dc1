import type { Mention, Statement } from "../model/mention.ts";

/** What joins two figures that are said to be one: "is", "which is", "i.e.", "(64 TPU chips total)". */
const CONVERSION_JOINT =
  /^(?:\sslices?)?\s?(?:,?\s?(?:which |that |this )?(?:is|are|equals)(?: equal to)?\s|,?\s?(?:i\.e\.,?|or|=|that is,?)\s|(?:in (?:a )?[A-Za-z]+ configuration\s)?\()\s?(?:about\s|with\s|a total of\s|totall?ing\s)?$/i;

/** Conversions between figures of one dimension that stand side by side in one sentence. */
export function findConversions(text: string, offset: number, mentions: readonly Mention[]): readonly Statement[] {
  const statements: Statement[] = [];
  for (const [index, left] of mentions.entries()) {
    const right = mentions[index + 1];
    if (right === undefined || !sameDimension(left, right)) continue;
    // What each machine holds is no other count of the machines.
    if (left.kind !== "wall-time" && (left.per !== null || right.per !== null)) continue;
    const joint = text.slice(left.span.end - offset, right.span.start - offset);
    const isHeld =
      left.hardware?.system != null && right.kind === "accelerators" && /^\s?,?\s?(?:with|of|totall?ing)\s(?:a total of\s)?$/i.test(joint);
    if (!CONVERSION_JOINT.test(joint) && !isHeld) continue;
    const relation = /^(?:\sslices?)?\s?\(/.test(joint) ? "total" : /\bor\b/.test(joint) ? "or" : "is";
    // "5 x 12 min = 1 h": a product and no conversion.
    if (/\d\s?[x×*·]\s?$/.test(text.slice(0, left.span.start - offset))) continue;
    // "12 hours or 2 days" leaves a choice; "72 hours, or 3 days." tells it again.
    const isAgain = joint.startsWith(",") && !/^\s\w/.test(text.slice(right.span.end - offset));
    if (relation === "or" && left.noun === right.noun && !isAgain) continue;
    statements.push({
      kind: "conversion",
      span: { start: left.span.start, end: right.span.end },
      // Machines are told to say how many accelerators there are, whichever is printed first.
      left: right.kind === "nodes" && left.kind === "accelerators" ? right.id : left.id,
      right: right.kind === "nodes" && left.kind === "accelerators" ? left.id : right.id,
      relation: isHeld ? "holds" : relation,
    });
  }
  return statements;
}

/** What is told in one unit and again in another. */
const CONVERTED: ReadonlySet<Mention["kind"]> = new Set(["wall-time", "accelerator-hours", "price", "energy", "carbon"]);

function sameDimension(left: Mention, right: Mention): boolean {
  const counts = ["accelerators", "nodes"];
  if (counts.includes(left.kind) && counts.includes(right.kind)) return left.unit !== right.unit || left.noun !== right.noun;
  if (left.kind !== right.kind || left.per !== right.per) return false;
  return CONVERTED.has(left.kind) && left.unit !== right.unit;
}
