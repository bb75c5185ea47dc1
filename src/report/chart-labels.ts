/** A label beside its dot; `anchor` is the end of the text that is at the dot. */
export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end";
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const LONGEST = 28;
/** Of the signs of the font, in pixels; no browser is there to be asked. */
const MEAN_WIDTH = 6.6;
const LINE_HEIGHT = 12;
const GAP = 7;
/** Of a dot, without its own gap. */
const RADIUS = 4;

/**
 * Names the first dots whose labels meet no other label, cover no dot where there is a choice, and stay between `left` and `right`.
 *
 * Units: pixels of the chart.
 */
export function placedLabels(
  dots: readonly { readonly name: string; readonly x: number; readonly y: number }[],
  { left, right, most }: { readonly left: number; readonly right: number; readonly most: number },
): readonly Label[] {
  const labels: Label[] = [];
  const boxes: Box[] = [];
  for (const { name, x, y } of dots) {
    if (labels.length === most) break;
    const text = name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 1)}…`;
    const width = text.length * MEAN_WIDTH;
    const places = (["start", "end"] as const).flatMap((anchor) => {
      const from = anchor === "start" ? x + GAP : x - GAP - width;
      const box = { left: from, right: from + width, top: y - LINE_HEIGHT / 2, bottom: y + LINE_HEIGHT / 2 };
      const isFree = box.left >= left && box.right <= right && !boxes.some((other) => meets(box, other));
      return isFree ? [{ anchor, box }] : [];
    });
    // Rather where it covers no dot; but one that stands out has its name, even in a crowd.
    const place = places.find(({ box }) => !dots.some((dot) => holds(box, dot))) ?? places[0];
    if (place === undefined) continue;
    boxes.push(place.box);
    labels.push({ text, x, y, anchor: place.anchor });
  }
  return labels;
}

/** Whether a box covers a dot. */
function holds({ left, right, top, bottom }: Box, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x + RADIUS > left && x - RADIUS < right && y + RADIUS > top && y - RADIUS < bottom;
}

function meets(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
