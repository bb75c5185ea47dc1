/** The few of many things that are nearest, found without keeping the others. */

/** Keeps the nearest things; of equally near ones those that came first. */
export class NearestFew<T> {
  readonly #most: number;
  /** A heap whose first entry is the furthest. */
  readonly #heap: Kept<T>[] = [];
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Nothing that is this far, or further, is taken any more. */
  get bound(): number {
    return this.#heap.length < this.#most ? Number.POSITIVE_INFINITY : (this.#heap[0]?.distance ?? Number.POSITIVE_INFINITY);
  }

  add(distance: number, thing: T): void {
    if (distance >= this.bound) return;
    const entry = { distance, number: this.#count, thing };
    this.#count += 1;
    if (this.#heap.length < this.#most) this.#rise(entry);
    else this.#sink(entry);
  }

  /** From the nearest to the furthest. */
  take(): readonly T[] {
    return this.#heap.sort((left, right) => (isFurther(left, right) ? 1 : -1)).map(({ thing }) => thing);
  }

  #rise(entry: Kept<T>): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isFurther(entry, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  /** Puts an entry in the place of the furthest. */
  #sink(entry: Kept<T>): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      if (left === undefined) break;
      const isRight = right !== undefined && isFurther(right, left);
      const child = isRight ? right : left;
      if (!isFurther(child, entry)) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = entry;
  }
}

interface Kept<T> {
  readonly distance: number;
  readonly number: number;
  readonly thing: T;
}

function isFurther<T>(left: Kept<T>, right: Kept<T>): boolean {
  return left.distance > right.distance || (left.distance === right.distance && left.number > right.number);
}
