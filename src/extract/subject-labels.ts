import type { Cell, Document, Table } from "../model/document.ts";
import type { SubjectName } from "../model/mention.ts";

/** A longer label is a sentence. In code units. */
const MOST_LABEL_LENGTH = 60;

/** Labels of the rows (or of the columns, where the first column lists quantities) of tables with training figures. */
export function rowLabels(document: Document): readonly SubjectName[] {
  return document.tables.flatMap((table) => labelsOf(document, table));
}

function labelsOf(document: Document, table: Table): readonly SubjectName[] {
  const read = (cell: Cell): string => document.text.slice(cell.span.start, cell.span.end);
  const headers = table.cells.filter((cell) => cell.header || cell.row === 0);
  const firstColumn = table.cells.filter((cell) => cell.column === 0 && !cell.header && cell.row > 0);
  const listsQuantities = firstColumn.filter((cell) => TRAINING_FIGURE.test(read(cell))).length;
  if (listsQuantities >= 2 || (firstColumn.length === 1 && listsQuantities === 1)) {
    return headers.filter((cell) => cell.column > 0).flatMap((cell) => labelOf(cell, read(cell)));
  }
  const isOfTraining = headers.some((cell) => TRAINING_FIGURE.test(read(cell)));
  return isOfTraining ? firstColumn.flatMap((cell) => labelOf(cell, read(cell))) : [];
}

function labelOf(cell: Cell, text: string): readonly SubjectName[] {
  const isHardware = !NAME_LETTERS.test(text.replace(HARDWARE_WORD, " "));
  const isLabel =
    !isHardware &&
    text.length > 1 &&
    text.length <= MOST_LABEL_LENGTH &&
    NAME_LETTERS.test(text) &&
    !TRAINING_FIGURE.test(text) &&
    !SETTING_KEY.test(text) &&
    !SUM_LABEL.test(text);
  return isLabel ? [{ span: cell.span, text, evidence: "row-label" }] : [];
}

/** Words for what is counted or measured in training. Matches "GPU hours", "# Chips", "Cost ($)"; not "BLEU". */
export const TRAINING_FIGURE =
  /\bhours?\b|\bdays?\b|\btime\b|\bcosts?\b|\bGPUs?\b|\bTPUs?\b|TPUv|\bchips?\b|\bnodes?\b|\bhardware\b|\bdevices?\b|\baccelerators?\b|\benergy\b|\bpower\b|\bk?[MG]?Wh\b|\bcarbon\b|\bCO[2₂]|\bemi(?:tted|ssions?)\b|\bP?FLOPs?\b|\bcompute\b|\bthroughput\b|\bbatch\b|\bMFU\b|\btokens\b|\bsteps\b|\bupdates\b|\bepochs?\b|\bsec\b|USD|\$/i;

/** Counts and products, which leave nothing of a label such as "32 H100-80G" or "8x A100 (40 GB)". */
const HARDWARE_WORD =
  /\b(?:\d+ ?[x×]? ?)?(?:NVIDIA|Nvidia|Tesla|Cloud|[AVHBPK]\d{2,3}s?|TPU\w*|GPUs?|RTX|GTX|MI\d{3}X?|SXM\d?|PCIe|\d+ ?GB?|v\d+(?:-\d+)?)(?![\p{L}\p{N}])/giu;

/** A key of a configuration: "n_layers", "d_model", "max_seq_len"; not "wren_7b". */
const SETTING_KEY = /^(?:step|stage|phase|round) ?[\dIV]+$|^(?:[nd]|num|max|min|vocab|hidden|head|lr|warmup)_\w+$/;

/** A label has a letter pair, or a letter with a number: "ELMo", "7B"; not "12", "(a)". */
const NAME_LETTERS = /\p{L}{2}|\d\p{L}/u;

/** Matches "Total", "Average", "合计"; not "Total-7B". */
const SUM_LABEL = /^(?:total|sum|overall|average|avg\.?|mean|all|Σ|合计)$/i;
