/** Figures that are told again in another unit, side by side: "168 hours (7 days)", "512 TPU chips is 128 TPU devices". */
import { hasRole, senseOf, type Token } from "../language/tokens.ts";
import { type UnitReader, unitOf } from "../language/unit-phrase.ts";
import type { Mention, Statement } from "../model/mention.ts";

type Relation = Extract<Statement, { kind: "conversion" }>["relation"];

/** Conversions between figures of one dimension that stand side by side in one sentence. */
export function findConversions(reader: UnitReader, offset: number, mentions: readonly Mention[]): readonly Statement[] {
  const { tokens } = reader;
  const statements: Statement[] = [];
  for (const [index, left] of mentions.entries()) {
    const right = mentions[index + 1];
    if (right === undefined || !sameDimension(left, right)) continue;
    // What each machine holds is no other count of the machines.
    if (left.kind !== "wall-time" && (left.per !== null || right.per !== null)) continue;
    // "31 stops, 40 min each (20 h)": the second is of all.
    if (isOfEach(tokens, left.span.end - offset) !== isOfEach(tokens, right.span.end - offset)) continue;
    const joint = tokens.filter(({ start, end }) => start >= left.span.end - offset && end <= right.span.start - offset);
    const relation = relationOf(reader, joint, left.hardware?.system != null && right.kind === "accelerators");
    const first = tokens.findIndex(({ start }) => start >= left.span.start - offset);
    // "5 x 12 min = 1 h": a product and no conversion.
    if (relation === null || hasRole(tokens[first - 1], "times")) continue;
    // "12 hours or 2 days" leaves a choice; "72 hours, or 3 days." tells it again.
    const behind = tokens.find(({ start }) => start >= right.span.end - offset);
    const isAgain = isComma(joint[0]) && behind?.kind !== "word";
    if (relation === "or" && left.noun === right.noun && !isAgain) continue;
    statements.push({
      kind: "conversion",
      span: { start: left.span.start, end: right.span.end },
      // Machines are told to say how many accelerators there are, whichever is printed first.
      left: right.kind === "nodes" && left.kind === "accelerators" ? right.id : left.id,
      right: right.kind === "nodes" && left.kind === "accelerators" ? left.id : right.id,
      relation,
    });
  }
  return statements;
}

function isOfEach(tokens: readonly Token[], end: number): boolean {
  return hasRole(
    tokens.find((token) => token.end === end),
    "each",
  );
}

/** How the words between two figures make them one; null where they do not. */
function relationOf(reader: UnitReader, between: readonly Token[], isOfMachines: boolean): Relation | null {
  const from = unitOf(reader, between[0])?.above[0]?.dimension === "pod" ? 1 : 0;
  const joint = between.slice(from).filter((token) => !hasRole(token, "hedges", "about"));
  const open = joint.findIndex((token) => token.kind === "mark" && token.text === "(");
  if (open >= 0) {
    const [before, inside] = [joint.slice(0, open), joint.slice(open + 1)];
    // "in a v3-256 configuration (".
    const isPlain = before.length === 0 || (before.length <= MOST_BEFORE && hasRole(before.at(-1), "units", "configuration"));
    return isPlain && inside.every(isOfTotal) ? "total" : null;
  }
  const words = joint.filter((token) => !isComma(token));
  if (words.length === 0) return null;
  if (isOfMachines && words.every(isOfTotal)) return "holds";
  const said = words.map((token) => (token.kind === "mark" && token.text === "=" ? "is" : (senseOf(token, "results")?.value ?? null)));
  if (!words.every((token, index) => said[index] !== null || hasRole(token, "stops") || isOfTotal(token))) return null;
  return said.includes("told") ? null : said.includes("is") ? "is" : said.includes("or") ? "or" : null;
}

const MOST_BEFORE = 4;

/** "with a total of", "totalling". */
function isOfTotal(token: Token): boolean {
  return hasRole(token, "of") || hasRole(token, "articles") || hasRole(token, "totals");
}

function isComma(token: Token | undefined): boolean {
  return token?.kind === "mark" && token.text === ",";
}

/** What is told in one unit and again in another. */
const CONVERTED: ReadonlySet<Mention["kind"]> = new Set(["wall-time", "accelerator-hours", "price", "energy", "carbon"]);

function sameDimension(left: Mention, right: Mention): boolean {
  const counts = ["accelerators", "nodes"];
  if (counts.includes(left.kind) && counts.includes(right.kind)) return left.unit !== right.unit || left.noun !== right.noun;
  if (left.kind !== right.kind || left.per !== right.per) return false;
  return CONVERTED.has(left.kind) && left.unit !== right.unit;
}
