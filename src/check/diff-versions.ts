/** Which training figures differ between two versions of a document. */
import type { Quantity } from "../model/quantity.ts";
import { foldedSubject, type Linked } from "../model/run.ts";
import type { FigureChange, VersionDiff } from "../model/version-diff.ts";

/** Read with more doubt than this, a figure may be new only to the reader. */
const LEAST_CONFIDENCE = 0.85;

/**
 * Pairs the figures of two versions by what they are of: the model, the kind, what they are for one of.
 *
 * Equal figures are the same, wherever they stand. Of those that are left, the ones that correspond one to one have changed; else they
 * were added or removed.
 */
export function diffVersions(old: Linked, newer: Linked): VersionDiff {
  const [before, after] = [figuresOf(old), figuresOf(newer)];
  const changes: FigureChange[] = [];
  let unchanged = 0;
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [left, right] = [[...(before.get(key) ?? [])], [...(after.get(key) ?? [])]];
    for (const figure of [...left]) {
      const same = right.find((other) => isSame(figure.quantity, other.quantity));
      if (same === undefined) continue;
      left.splice(left.indexOf(figure), 1);
      right.splice(right.indexOf(same), 1);
      unchanged += 1;
    }
    const [one, other] = [left[0], right[0]];
    if (one !== undefined && other !== undefined && left.length === right.length && left.length <= MOST_CHANGED) {
      for (const [index, figure] of left.entries()) {
        const partner = right[index];
        if (partner !== undefined)
          changes.push({ change: "changed", subject: figure.subject, old: figure.quantity.mention, new: partner.quantity.mention });
      }
      continue;
    }
    for (const { subject, quantity } of left) changes.push({ change: "removed", subject, old: quantity.mention });
    for (const { subject, quantity } of right) changes.push({ change: "added", subject, new: quantity.mention });
  }
  return { changes, unchanged };
}

/** Of more figures that differ under one key, it is not known which became which. */
const MOST_CHANGED = 3;

interface Told {
  readonly subject: string | null;
  readonly quantity: Quantity;
}

function figuresOf(linked: Linked): ReadonlyMap<string, readonly Told[]> {
  const figures = linked.quantities
    .filter(({ mention }) => mention.confidence >= LEAST_CONFIDENCE && mention.number.form !== "vague")
    .map((quantity): Told => ({ subject: linked.attachments.get(quantity.mention.id)?.subject ?? null, quantity }));
  return Map.groupBy(figures, ({ subject, quantity: { mention, readings } }) =>
    [foldedSubject(subject), mention.kind, mention.per ?? "", readings[0].slot, readings[0].currency ?? ""].join("|"),
  );
}

function isSame(left: Quantity, right: Quantity): boolean {
  const [one, other] = [left.readings[0].width.face, right.readings[0].width.face];
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other)) && left.mention.noun === right.mention.noun;
}
