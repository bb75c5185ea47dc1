import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NearestFew } from "../../src/bind/nearest-few.ts";

describe("the few that are nearest", () => {
  test("are those that sorting would put first, in that order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (distances, most) => {
        const few = new NearestFew<number>(most);
        for (const [at, distance] of distances.entries()) few.add(distance, at);
        const sorted = [...distances.keys()].sort((left, right) => (distances[left] ?? 0) - (distances[right] ?? 0) || left - right);
        expect(few.take()).toEqual(sorted.slice(0, most));
      }),
    );
  });

  test("are bounded by the furthest of them once they are full", () => {
    const few = new NearestFew<string>(2);
    expect(few.bound).toBe(Number.POSITIVE_INFINITY);
    few.add(3, "far");
    few.add(1, "near");
    expect(few.bound).toBe(3);
    few.add(3, "as far");
    few.add(2, "nearer");
    expect(few.take()).toEqual(["near", "nearer"]);
  });
});
