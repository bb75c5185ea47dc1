/** The text of the bytes, or the offset of the first byte that is not valid in their encoding. */
export type Decoded =
  /** `mended` tells of the few bytes that are not valid, and stand as U+FFFD; null where there are none. */
  | { readonly kind: "text"; readonly text: string; readonly mended: string | null }
  | { readonly kind: "invalid"; readonly encoding: string; readonly offset: number | null };

/**
 * Turns bytes into text with "\n" line ends.
 *
 * A byte order mark decides; then zeros in every other place (UTF-16 without a mark); then the charset that the document declares;
 * else it must be UTF-8, because a guess would turn "€" or "×" into something else without a word. One broken byte in a long text is shown as
 * such.
 */
export function decodeText(bytes: Uint8Array, declared: string | null): Decoded {
  const encoding = markedEncoding(bytes) ?? zeroPattern(bytes) ?? declaredEncoding(declared) ?? "utf-8";
  if (encoding === "utf-8") {
    const offset = firstInvalidUtf8(bytes);
    if (offset !== null) {
      const text = new TextDecoder("utf-8").decode(bytes);
      const broken = countOf(text, "\ufffd") - countOf(new TextDecoder("latin1").decode(bytes), "\u00ef\u00bf\u00bd");
      if (broken * LEAST_GOOD > bytes.length) return { kind: "invalid", encoding: "UTF-8", offset };
      return {
        kind: "text",
        text: withPlainEnds(text),
        mended: `byte ${offset}${broken > 1 ? `, and ${broken - 1} more` : ""}, shown as \ufffd`,
      };
    }
  }
  return { kind: "text", text: withPlainEnds(new TextDecoder(encoding).decode(bytes)), mended: null };
}

/** Of so many bytes one may be broken; a text in another encoding has more. */
const LEAST_GOOD = 1000;

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count += 1;
  return count;
}

function withPlainEnds(text: string): string {
  return text.includes("\r") ? text.replace(LINE_END, "\n") : text;
}

/** Line ends of Windows and old Macintosh: "\r\n", "\r"; not "\n". */
const LINE_END = /\r\n?/g;

function markedEncoding(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  return null;
}

function zeroPattern(bytes: Uint8Array): string | null {
  const probe = Math.min(bytes.length, 512) & ~1;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < probe; index += 1) {
    if (bytes[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  if (odd > probe * 0.4 && even === 0) return "utf-16le";
  if (even > probe * 0.4 && odd === 0) return "utf-16be";
  return null;
}

/** Encodings that documents declare and the platform decodes; an unknown label is no declaration. */
const KNOWN_LABELS: ReadonlySet<string> = new Set([
  "utf-8",
  "iso-8859-1",
  "iso-8859-2",
  "iso-8859-15",
  "latin1",
  "windows-1250",
  "windows-1251",
  "windows-1252",
  "koi8-r",
  "shift_jis",
  "euc-jp",
  "euc-kr",
  "gbk",
  "gb2312",
  "gb18030",
  "big5",
]);

function declaredEncoding(label: string | null): string | null {
  if (label === null) return null;
  const folded = label.trim().toLowerCase();
  return KNOWN_LABELS.has(folded) ? folded : null;
}

/**
 * Where the bytes stop being UTF-8; null if they are all valid.
 *
 * Source: the table of well-formed sequences, Unicode 15, section 3.9, table 3-7.
 */
function firstInvalidUtf8(bytes: Uint8Array): number | null {
  let index = 0;
  while (index < bytes.length) {
    const first = bytes[index] ?? 0;
    if (first < 0x80) {
      index += 1;
      continue;
    }
    const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
    if (length === 0 || index + length > bytes.length) return index;
    const second = bytes[index + 1] ?? 0;
    const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return index;
    for (let next = 2; next < length; next += 1) {
      if (((bytes[index + next] ?? 0) & 0xc0) !== 0x80) return index;
    }
    index += length;
  }
  return null;
}
