import { inflate } from "../inflate.ts";

/**
 * A PDF whose end is missing, made readable: its table of places and the top of its page tree stand at the end and are lost with it.
 *
 * The pages that are still there are listed under a new page tree, which is added with the objects that were stored in bundles.
 * Source: ISO 32000-1, 7.5.7 (object streams), 7.7.3 (page tree).
 */

/** In bytes: what a bundle of objects may grow to when it is inflated; a thousand pages take a tenth of it. */
const LARGEST_BUNDLE = 64_000_000;
/** Far beyond any document; a file that names more pages is no paper. */
const MOST_PAGES = 20_000;

/** "12 0 obj": an object begins; not "obj" in a word. */
const OBJECT = /(?:^|[\s>])(\d{1,7})\s+(\d{1,5})\s+obj\b/g;
/** "/Type /Page", "/Type/Page>>"; not "/Type /Pages". */
const PAGE = /\/Type\s*\/Page(?![A-Za-z])/;
/** "/Type /ObjStm" in the dictionary of a bundle. */
const BUNDLE = /\/Type\s*\/ObjStm(?![A-Za-z])/;
/** The file is encrypted, so nothing in it can be moved. */
const ENCRYPTED = /\/Encrypt\s+\d+\s+\d+\s+R|\/Encrypt\s*<</;

/** An object as it stands in the file. */
interface FoundObject {
  readonly number: number;
  /** Offset of what follows "obj". */
  readonly start: number;
}

/** The file with a new end, or null where no page of it is whole. */
export async function mendCutOff(bytes: Uint8Array): Promise<Uint8Array | null> {
  const text = new TextDecoder("latin1").decode(bytes);
  if (ENCRYPTED.test(text)) return null;
  const unbundled = new Map<number, string>();
  const pages = new Set<number>();
  let largest = 0;
  for (const object of objectsIn(text)) {
    largest = Math.max(largest, object.number);
    const dictionary = dictionaryAt(text, object.start);
    if (PAGE.test(dictionary)) pages.add(object.number);
    if (!BUNDLE.test(dictionary)) continue;
    for (const [number, body] of await unbundle(bytes, text, object.start, dictionary)) {
      largest = Math.max(largest, number);
      unbundled.set(number, body);
      if (PAGE.test(body)) pages.add(number);
    }
  }
  if (pages.size === 0 || pages.size > MOST_PAGES) return null;
  return joined(bytes, newEnd({ unbundled, pages: [...pages], root: largest + 1 }));
}

function objectsIn(text: string): readonly FoundObject[] {
  return [...text.matchAll(OBJECT)].map((match) => ({ number: Number(match[1]), start: match.index + match[0].length }));
}

/** Up to where the stream or the object ends. A dictionary that is cut off is none. */
function dictionaryAt(text: string, start: number): string {
  const window = text.slice(start, start + LONGEST_DICTIONARY);
  const end = /\bstream\r?\n|\bendobj\b/.exec(window);
  return end === null ? "" : window.slice(0, end.index);
}

/** In characters: pages with many links have long lists of them. */
const LONGEST_DICTIONARY = 100_000;

/** The objects of a bundle by number. A bundle that is cut off, or packed in a way of its own, gives none. */
async function unbundle(bytes: Uint8Array, text: string, start: number, dictionary: string): Promise<ReadonlyMap<number, string>> {
  const [count, first, length] = ["N", "First", "Length"].map((key) =>
    Number(new RegExp(`/${key}\\s+(\\d+)(?!\\s+\\d+\\s+R)`).exec(dictionary)?.[1] ?? Number.NaN),
  );
  const opening = /^\s*stream\r?\n/.exec(text.slice(start + dictionary.length, start + dictionary.length + 20));
  if (count === undefined || first === undefined || length === undefined || opening === null) return new Map();
  const from = start + dictionary.length + opening[0].length;
  if (!(from + length <= bytes.length) || !/\/Filter\s*\[?\s*\/FlateDecode\b/.test(dictionary)) return new Map();
  const inflated = await inflate(bytes.subarray(from, from + length), "deflate", LARGEST_BUNDLE);
  if (inflated.kind !== "bytes") return new Map();
  // In Latin-1 each byte stays one character.
  const content = new TextDecoder("latin1").decode(inflated.bytes);
  const numbers = content.slice(0, first).trim().split(/\s+/).map(Number);
  const objects = new Map<number, string>();
  for (let index = 0; index < count; index += 1) {
    const [number, at] = [numbers[2 * index], numbers[2 * index + 1]];
    if (number === undefined || at === undefined) break;
    const next = numbers[2 * index + 3];
    objects.set(number, content.slice(first + at, next === undefined ? undefined : first + next));
  }
  return objects;
}

interface NewEnd {
  readonly unbundled: ReadonlyMap<number, string>;
  /** Numbers of page objects, in the order of the file. */
  readonly pages: readonly number[];
  /** A number that is free, as is the next. */
  readonly root: number;
}

/** The new objects and a trailer without a table of places, which makes the engine look for the objects itself. */
function newEnd({ unbundled, pages, root }: NewEnd): string {
  const objects = [...unbundled].map(([number, body]) => `${number} 0 obj\n${body}\nendobj\n`);
  const tree = root + 1;
  return `\nendstream\nendobj\n${objects.join("")}${root} 0 obj
<< /Type /Catalog /Pages ${tree} 0 R >>
endobj
${tree} 0 obj
<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((number) => `${number} 0 R`).join(" ")}] >>
endobj
trailer
<< /Size ${tree + 1} /Root ${root} 0 R >>
`;
}

function joined(bytes: Uint8Array, end: string): Uint8Array {
  const whole = new Uint8Array(bytes.length + end.length);
  whole.set(bytes);
  for (let index = 0; index < end.length; index += 1) whole[bytes.length + index] = end.charCodeAt(index);
  return whole;
}
