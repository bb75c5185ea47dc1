import type { Segment } from "./segment.ts";

/** A page with its text in segments. */
export interface SegmentedPage {
  /** 1-based. */
  readonly number: number;
  /** In the frame in which the text runs level. */
  readonly width: number;
  readonly height: number;
  readonly segments: readonly Segment[];
}

/** What most of a document's text looks like; what differs is a heading, a footnote, a label. Units: points. */
export interface DocumentStyle {
  readonly bodySize: number;
  /** Usual distance of baselines, by size in tenths of a point. */
  readonly pitches: ReadonlyMap<number, number>;
  /** Where running text begins and ends. */
  readonly left: number;
  readonly right: number;
  /** Fonts in which running text is set; labels of figures have others. */
  readonly textFonts: ReadonlySet<string>;
}

/** Shorter segments are labels and cells, not running text. */
const PROSE_LETTERS = 25;
/** Distances of lines in em that can be the leading of running text. */
const LEADING_FROM_EM = 0.85;
const LEADING_TO_EM = 2.3;

/** Measures the style by counting letters and lines over all pages. */
export function documentStyle(pages: readonly SegmentedPage[]): DocumentStyle {
  const sizes = new Map<number, number>();
  for (const page of pages) {
    for (const segment of page.segments) {
      if (segment.picture === 0 && segment.text.length >= PROSE_LETTERS) add(sizes, tenths(segment.size), segment.text.length);
    }
  }
  const bodySize = (mostFrequent(sizes) ?? 100) / 10;
  const lefts: number[] = [];
  const rights: number[] = [];
  for (const page of pages) {
    for (const segment of page.segments) {
      if (segment.picture > 0 || segment.text.length < PROSE_LETTERS || Math.abs(segment.size - bodySize) > 0.15 * bodySize) continue;
      lefts.push(segment.left);
      rights.push(segment.right);
    }
  }
  const width = pages[0]?.width ?? 612;
  return {
    bodySize,
    pitches: pitchesBySize(pages),
    left: quantile(lefts, 0.03) ?? 0,
    right: quantile(rights, 0.97) ?? width,
    textFonts: textFonts(pages),
  };
}

/** A font has this part of the letters of long segments, or it is no font of running text. */
const TEXT_FONT_PART = 0.015;

function textFonts(pages: readonly SegmentedPage[]): ReadonlySet<string> {
  const letters = new Map<string, number>();
  let all = 0;
  for (const page of pages) {
    for (const segment of page.segments) {
      if (segment.picture > 0 || segment.text.length < PROSE_LETTERS) continue;
      letters.set(segment.font, (letters.get(segment.font) ?? 0) + segment.text.length);
      all += segment.text.length;
    }
  }
  return new Set([...letters].flatMap(([font, count]) => (count >= TEXT_FONT_PART * all ? [font] : [])));
}

/** The usual distance of baselines for a size; a guess where the document has no lines of it. */
export function pitchOf(style: DocumentStyle, size: number): number {
  const known = style.pitches.get(tenths(size));
  if (known !== undefined) return known;
  const body = style.pitches.get(tenths(style.bodySize)) ?? style.bodySize * 1.2;
  return (body * size) / style.bodySize;
}

function pitchesBySize(pages: readonly SegmentedPage[]): ReadonlyMap<number, number> {
  const counts = new Map<number, Map<number, number>>();
  for (const page of pages) {
    let last: Segment | null = null;
    for (const segment of [...page.segments].sort((one, other) => one.rank - other.rank)) {
      if (segment.picture > 0 || segment.text.length < PROSE_LETTERS) continue;
      if (last !== null && Math.abs(last.size - segment.size) < 0.05 && Math.abs(last.left - segment.left) < 3 * segment.size) {
        const step = segment.baseline - last.baseline;
        if (step > LEADING_FROM_EM * segment.size && step < LEADING_TO_EM * segment.size) {
          const size = tenths(segment.size);
          const steps = counts.get(size) ?? new Map<number, number>();
          counts.set(size, steps);
          add(steps, Math.round(step * 5), 1);
        }
      }
      last = segment;
    }
  }
  const pitches = new Map<number, number>();
  for (const [size, steps] of counts) {
    const most = mostFrequent(steps);
    if (most !== null) pitches.set(size, most / 5);
  }
  return pitches;
}

function tenths(size: number): number {
  return Math.round(size * 10);
}

function add(counts: Map<number, number>, key: number, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}

/** The key with the highest count, null if there is none. */
export function mostFrequent(counts: ReadonlyMap<number, number>): number | null {
  let best: number | null = null;
  let most = 0;
  for (const [key, count] of counts) {
    if (count > most) {
      best = key;
      most = count;
    }
  }
  return best;
}

/** The value below which this part of all values lies; null if there are none. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? null;
}
