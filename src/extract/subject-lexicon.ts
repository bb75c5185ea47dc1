import type { Catalog } from "../model/catalog.ts";
import { foldName, GENERIC_WORDS, NEVER_SUBJECTS, VARIANT_WORDS } from "./subject-words.ts";

/** More words than this make a description, not a name: "Transformer with tied embeddings and dropout". */
const MOST_WORDS = 4;

/** Letters of a folded name that are compared before it is looked up. */
export const START_LENGTH = 3;

/** What the catalog knows of names, ready for look-up by folded name. */
export interface Lexicon {
  /** Folded names of models and of their families. */
  readonly models: ReadonlySet<string>;
  /** How they begin: a word that begins otherwise need not be looked up. */
  readonly starts: ReadonlySet<string>;
  /** Folded names of accelerators and machines, which never are subjects. */
  readonly hardware: ReadonlySet<string>;
}

const LEXICONS = new WeakMap<Catalog, Lexicon>();

/** The lexicon of a catalog, built once. */
export function lexiconOf(catalog: Catalog): Lexicon {
  const known = LEXICONS.get(catalog);
  if (known !== undefined) return known;
  const lexicon = buildLexicon(catalog);
  LEXICONS.set(catalog, lexicon);
  return lexicon;
}

function buildLexicon(catalog: Catalog): Lexicon {
  const hardware = new Set<string>();
  for (const accelerator of catalog.accelerators) {
    for (const name of [accelerator.name, ...accelerator.aliases, ...accelerator.ambiguousAliases, ...accelerator.aliasesNeedingContext])
      hardware.add(foldName(name));
  }
  for (const system of catalog.systems) for (const name of [system.name, ...system.aliases]) hardware.add(foldName(name));
  const models = new Set<string>();
  for (const entry of catalog.names) {
    for (const name of writtenForms(entry.name)) {
      const folded = foldName(name);
      if (folded.length >= 2 && !NEVER_SUBJECTS.has(folded) && !GENERIC_WORDS.has(folded) && !hardware.has(folded)) models.add(folded);
    }
  }
  return { models, hardware, starts: new Set([...models].map((folded) => folded.slice(0, START_LENGTH))) };
}

/** The ways a catalog name is written in running text: without its bracketed remark, without its size or variant. */
function writtenForms(name: string): readonly string[] {
  const plain = name.replace(BRACKETED, " ").replace(/\s+/g, " ").trim();
  const words = plain.split(" ");
  if (words.length > MOST_WORDS || words.some((word) => JOINING_WORD.test(word))) return [];
  const forms = [plain];
  const parts = plain.split(/[\s-]+/);
  while (parts.length > 1 && isVariantPart(parts.at(-1) ?? "")) {
    parts.pop();
    const family = parts.join(" ");
    if (isNameLike(family)) forms.push(family);
  }
  const version = VERSION_HEAD.exec(plain)?.[0];
  if (version !== undefined && !forms.includes(version)) forms.push(version);
  const unversioned = plain.replace(MIDDLE_VERSION, "$<head> $<variant>");
  if (!forms.includes(unversioned) && isVariantPart(unversioned.split(" ").at(-1) ?? "")) forms.push(unversioned);
  const head = HEAD.exec(plain)?.[0];
  if (head !== undefined && !forms.includes(head)) forms.push(head);
  return forms.filter(isNameLike);
}

function isVariantPart(part: string): boolean {
  return VARIANT_WORDS.has(part.toLowerCase()) || SIZE.test(part);
}

function isNameLike(name: string): boolean {
  return /\p{Lu}|\d/u.test(name);
}

/** Whether a folded name can be a model's at all: no hardware, data, software, method, organization or ordinary word. */
export function isPossible(folded: string, lexicon: Lexicon): boolean {
  return (
    folded.length >= 2 &&
    !NEVER_SUBJECTS.has(folded) &&
    !NEVER_SUBJECTS.has(folded.replace(/(?<=\p{L}{4})\d+$/u, "")) &&
    !FORMAT.test(folded) &&
    !GENERIC_WORDS.has(folded) &&
    !lexicon.hardware.has(folded) &&
    !HARDWARE_FOLDED.test(folded) &&
    !ORDINAL.test(folded)
  );
}

/** A first part with a capital inside, which is a name by itself: "BigGAN" of "BigGAN-deep 512x512"; not "Big" of "Big Transformer". */
const HEAD = /^\p{Lu}\p{Ll}+\p{Lu}\p{L}+(?=[-\d ])/u;

/** A version between a name and its member: "Heron 1.0 Ultra", which goes by "Heron Ultra", too. */
const MIDDLE_VERSION = /^(?<head>\p{Lu}[\p{L}-]+) v?\d+(?:\.\d+)? (?<variant>\p{Lu}\p{L}+)$/u;

/** A name with its number, before the name of a member: "Llama 4" of "Llama 4 Scout"; not "GPT-3". */
const VERSION_HEAD = /^\p{Lu}[\p{L}-]+ \d+(?:\.\d+)?(?= \p{L})/u;

/** A remark in brackets that tells two entries apart. Matches "(TPU)", "[2019]"; not "GPT-3". */
const BRACKETED = /\([^)]*\)|\[[^\]]*\]/g;

/** A word or sign that joins two things, so that the whole describes a system. Matches "of", "+"; not "GPT". */
const JOINING_WORD = /^(?:of|in|for|with|by|on|via|and|the|to|from|[+&/])$/i;

/** A number of parameters as part of a name. Matches "65B", "1.1T"; not "v3". */
const SIZE = /^\d+(?:\.\d+)?[BMT]$/i;

/** Formats of numbers, folded: "fp8quantized", "bf16mixed"; not "fpnet". */
const FORMAT = /^(?:fp|bf|tf|int|uint|nf|mxfp|nvfp)(?:4|8|16|32|64)/;

/** A step of the work with its number, folded: "stage1", "phase2"; not "wren2". */
const ORDINAL = /^(?:stage|phase|step|part|round|level|task|experiment|exp|run|figure|fig|table)s?\d+$/;

/** Hardware that the catalog may not list: "a10080gb", "rtx4090", "tpuv3"; not "gpt3". */
const HARDWARE_FOLDED =
  /^(?:nvidia|tesla|geforce)|^(?:[avhbl]\d{2,3}|p100|k80|t4|gh200|gb200|mi\d{3}x?|rtx.*|gtx.*|titan.*|quadro.*|xeon.*|epyc.*|dgx.*|hgx.*|(?:cloud)?tpu.*|gaudi\d?|trainium\d?|v\d+e?\d*)(?:sxm\d?|pcie|nvl)?(?:\d+g?b?)?s?$/;
