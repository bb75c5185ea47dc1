import { isMap, isPair, isScalar, isSeq, parseDocument, visit } from "yaml";
import type { RuleFile } from "../../src/catalog/rule-file.ts";

/** A row of a rule file that can be left out, and the file without it. */
export interface RuleRow {
  /** "lexicon/en.yaml: units/3 (fortnight)". */
  readonly name: string;
  /** The words of the row: a document that has none of them cannot change. Empty where it may act anywhere. */
  readonly words: readonly string[];
  readonly without: RuleFile;
}

/** Words of lexicons one by one, and weights one by one. */
export function rowsOf(files: readonly RuleFile[]): readonly RuleRow[] {
  return files.filter(({ path }) => /^(?:lexicon|weights)\/.*\.yaml$/.test(path)).flatMap((file) => rowsOfFile(file));
}

function rowsOfFile(file: RuleFile): readonly RuleRow[] {
  const isWeights = file.path.startsWith("weights/");
  const places: { readonly path: readonly (string | number)[]; readonly words: readonly string[] }[] = [];
  const document = parseDocument(file.text);
  visit(document, {
    Node(key, node, parents) {
      if (key === "key") return;
      const isWord = !isWeights && isScalar(node) && typeof node.value === "string" && parents.some(isSeq);
      const isWeight = isWeights && isScalar(node) && typeof node.value === "number" && isPair(parents.at(-1));
      if (isWord || isWeight) places.push({ path: pathOf(key, node, parents), words: isWord ? [String(node.value)] : [] });
    },
  });
  return places.map(({ path, words }) => {
    const copy = parseDocument(file.text);
    copy.deleteIn(path);
    return { name: `${file.path}: ${[...path, ...words].join("/")}`, words, without: { ...file, text: copy.toString() } };
  });
}

function pathOf(key: unknown, node: unknown, parents: readonly unknown[]): readonly (string | number)[] {
  const path: (string | number)[] = [];
  const line = [...parents, node];
  for (const [index, parent] of line.entries()) {
    if (isPair(parent) && isScalar(parent.key)) path.push(String(parent.key.value));
    const child = line[index + 1];
    if (isSeq(parent) && child !== undefined) path.push(parent.items.indexOf(child));
    if (isMap(parent) && child === undefined && typeof key === "string") path.push(key);
  }
  return path;
}
