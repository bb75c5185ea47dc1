import { endsSentence, isCaption } from "./block-pattern.ts";
import type { Segment } from "./segment.ts";

/** In em: the line above a line of the same text is no further up. */
const LINE_STEP_EM = 1.6;
const SAME_SIZE = 0.05;
/** A line above with so many letters is running text. */
const PROSE_LETTERS = 25;

/** Segments that begin a caption; a sentence that happens to put "Table 1." at the beginning of a line does not. */
export function captionSegments(segments: readonly Segment[]): readonly Segment[] {
  return segments.filter((segment) => isCaption(segment.text) && !segments.some((above) => runsInto(above, segment)));
}

function runsInto(above: Segment, segment: Segment): boolean {
  const step = segment.baseline - above.baseline;
  return (
    step > 0.5 * segment.size &&
    step < LINE_STEP_EM * segment.size &&
    Math.abs(above.size - segment.size) < SAME_SIZE * segment.size &&
    above.left < segment.right &&
    above.right > segment.left &&
    above.text.length >= PROSE_LETTERS &&
    !endsSentence(above.text)
  );
}
