import { blockAt } from "../language/reading-order.ts";
import type { Document } from "../model/document.ts";
import type { Mention } from "../model/mention.ts";
import { cellAt } from "../model/table-cells.ts";
import type { Cast } from "./cast.ts";
import { type ModelName, parseModelName } from "./model-name.ts";
import { type Grid, isQuantityLabel } from "./table-axis.ts";

/** What the label of a row or column says its figures belong to. */
export interface Item {
  readonly name: ModelName | null;
  /** Whether the label names the item; false where the table is about the document's model as a whole. */
  readonly isNamed: boolean;
  /** Whether the line adds up or averages the others. */
  readonly isTotal: boolean;
  /** Whether the label says where the figures are from: "HaloNet [50]". */
  readonly isCited?: boolean;
}

/** The item that a figure in a table belongs to. */
export function itemOf(document: Document, cast: Cast, grid: Grid, mention: Mention): Item {
  const family = familyOfTable(document, cast, grid);
  if (isInHeader(grid, mention)) return { name: family, isNamed: false, isTotal: false };
  const cell = grid.labelOf(grid.positionOf(mention));
  const printed = cell === null ? "" : document.text.slice(cell.span.start, cell.span.end);
  const label = plainLabel(printed);
  if (label === "" || isQuantityLabel(label)) return { name: family, isNamed: false, isTotal: false };
  if (TOTAL.test(label)) return { name: family, isNamed: false, isTotal: true };
  if (INCREMENT.test(label))
    return { name: changedBy(document, cast, grid, grid.positionOf(mention)) ?? family, isNamed: false, isTotal: false };
  if (OWN.test(label)) return { name: cast.main ?? family, isNamed: false, isTotal: false };
  if (STAGE.test(label) || CLASS.test(label)) return { name: family, isNamed: false, isTotal: false };
  const size = SIZE_FIRST.exec(label)?.[0];
  const parsed = parseModelName(label);
  if (size !== undefined) return { name: cast.variantOf(size.replace(/\s/g, ""), family), isNamed: true, isTotal: false };
  if (parsed.family === "" && parsed.variant !== "") return { name: cast.variantOf(parsed.variant, family), isNamed: true, isTotal: false };
  if (VARIANT_ONLY.test(label)) return { name: cast.variantOf(label.replace(CLASS_NOUN, ""), family), isNamed: true, isTotal: false };
  return { name: cast.nameOf(label), isNamed: true, isTotal: false, isCited: CITED.test(printed) };
}

/** What the lines of changes start from: the nearest label above that is no change itself. */
function changedBy(document: Document, cast: Cast, grid: Grid, position: number): ModelName | null {
  for (let above = position - 1; above >= 0; above -= 1) {
    const cell = grid.labelOf(above);
    const label = cell === null ? "" : plainLabel(document.text.slice(cell.span.start, cell.span.end));
    if (label !== "" && !INCREMENT.test(label)) return cast.referentsIn(cell?.span ?? grid.table.span)[0]?.name ?? null;
  }
  return null;
}

/** A change to the line above: "+ more data", "w/o dropout"; not "+1". */
const INCREMENT = /^(?:[+−–-]\s?\p{L}|w\/o?\s)/u;

/** Matches "HaloNet [50]", "Vinyals & Kaiser (2014)", "(Wu et al., 2016)"; not "BERT [CLS]". */
const CITED = /\[\d+(?:,\s?\d+)*\]|\bet al\b|\((?:[^()]*,\s)?(?:19|20)\d\d[a-z]?\)/;

/** A figure in the header ("hours for 300B tokens") is about every line. */
function isInHeader(grid: Grid, mention: Mention): boolean {
  const { cell } = mention;
  return cell !== null && cell.row === 0 && grid.axis === "row" && cellAt(grid.table, cell.row, cell.column)?.header === true;
}

/** The model a table is about: named in its caption, else the document's, else the one the text above the table speaks of. */
function familyOfTable(document: Document, cast: Cast, grid: Grid): ModelName | null {
  const { caption } = grid.table;
  const named = caption === null ? [] : cast.referentsIn(caption);
  const families = new Set(named.map((referent) => referent.name.family));
  const heading = families.size === 0 ? headingOf(document, cast, grid) : null;
  if (heading !== null) return heading;
  if (cast.main !== null && (families.size === 0 || families.has(cast.main.family))) return cast.main;
  if (families.size > 0) return families.size === 1 ? (named[0]?.name ?? null) : null;
  return nameAbove(document, cast, grid);
}

/** The model that the section above the table is about: in its heading, or the last that its text says is trained. */
function nameAbove(document: Document, cast: Cast, grid: Grid): ModelName | null {
  for (let index = blockAt(document, grid.table.span.start) - 1; index >= 0; index -= 1) {
    const block = document.blocks[index];
    if (block === undefined) continue;
    const named = block.kind === "table" ? [] : cast.referentsIn(block.span);
    const trained = named.filter((referent) =>
      TRAINED.test(document.text.slice(Math.max(block.span.start, referent.span.start - 24), referent.span.start)),
    );
    const families = new Set(named.map((referent) => referent.name.family));
    const found = trained.at(-1) ?? (families.size === 1 ? named[0] : undefined);
    if (found !== undefined) return found.name;
    if (block.kind === "heading") return inHeadings(document, cast, index);
  }
  return null;
}

/** The model that is all of the nearest heading above a table that names one. */
function headingOf(document: Document, cast: Cast, grid: Grid): ModelName | null {
  const at = blockAt(document, grid.table.span.start);
  const first = document.blocks.slice(0, at).findLastIndex((block) => block.kind === "heading");
  for (let index = first, level = Number.POSITIVE_INFINITY; index > 0; index -= 1) {
    const block = document.blocks[index];
    if (block?.kind !== "heading" || (block.level ?? 1) >= level) continue;
    level = block.level ?? 1;
    const named = cast.referentsIn(block.span);
    const [only] = named;
    if (only === undefined) continue;
    const isWhole = only.span.end - only.span.start >= MOSTLY * (block.span.end - block.span.start);
    return named.length === 1 && isWhole ? only.name : null;
  }
  return null;
}

/** The part of a heading that a name must be for the section to be about it. */
const MOSTLY = 0.8;

/** The one model that the headings above a heading name: "# Wren-7B", then "## Training details". */
function inHeadings(document: Document, cast: Cast, from: number): ModelName | null {
  let level = document.blocks[from]?.level ?? 1;
  for (let index = from - 1; index >= 0; index -= 1) {
    const block = document.blocks[index];
    if (block?.kind !== "heading" || (block.level ?? 1) >= level) continue;
    level = block.level ?? 1;
    const named = cast.referentsIn(block.span);
    if (named.length > 0) return new Set(named.map((referent) => referent.name.family)).size === 1 ? (named[0]?.name ?? null) : null;
  }
  return null;
}

/** Matches "training ", "we pre-train the "; not "training data of ". */
const TRAINED = /\b(?:pre-?)?(?:train|fine-?tun)(?:ed|ing|e)? (?:an? |the |our )?$/i;

/** A label without reference marks, footnote signs and "(ours)". */
function plainLabel(text: string): string {
  return text
    .replace(/\[\d+(?:, ?\d+)*\]|\((?:ours|our method)\)|\([^()]*\b(?:epochs?|steps?|tokens|iterations)\)/gi, " ")
    .replace(/[†‡*⁎¹²³⁴-⁹]+$/u, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Matches "Total", "Overall cost"; not "Total-7B". */
const TOTAL = /^(?:grand )?(?:total|sum|overall|average|avg\.?|mean|all models?|Σ|合计|总计)\b(?!-)/i;

const OWN = /^(?:ours?|our (?:model|method|approach|run)|this (?:work|paper|model)|proposed)\b/i;

/** A stage of one training run rather than a model: "Pre-Training", "Context Extension". */
const STAGE =
  /^(?:pre-?training|post-?training|fine-?tuning|context extension|long[- ]context|sft|rlhf|rl|dpo|alignment|annealing|warm-?up|distillation|stage [\dIV]+|step [\dIV]+|phase [\dIV]+|search|experiments?)\b/i;

/** A part of a header that fell into the rows, or a word for any model. */
const CLASS = /^(?:models?|schemes?|methods?|parallelism|(?:the )?baseline|approach|settings?|systems?|networks?|variants?)$/i;

/** A label that begins with a size: "7B", "70b, 512 GPUs"; not "7B-Chat". */
const SIZE_FIRST = /^\d+(?:\.\d+)?\s?[BMT](?=$|[\s,(])(?!\s?[–—-]\s?\d)/i;

const VARIANT_ONLY = /^(?:nano|tiny|mini|small|base|medium|large|xl|xxl|big|huge|giant)(?: models?)?$/i;

const CLASS_NOUN = / models?$/i;
