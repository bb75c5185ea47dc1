import type { Mention, MentionId, MentionKind } from "../model/mention.ts";
import type { ProductScene } from "./product-features.ts";
import { type ProductPlace, productsIn } from "./product-names.ts";
import { placeIndexOf, placesAround, type RelatedPlace } from "./product-places.ts";
import { familyOf, lowerBound, type Scene } from "./scene.ts";

/** Kinds of figures that a product carries; of the rest none is asked. */
export const KINDS_OF_A_PRODUCT: ReadonlySet<MentionKind> = new Set([
  "accelerators",
  "nodes",
  "wall-time",
  "accelerator-hours",
  "price",
  "throughput",
  "flop-rate",
  "mfu",
  "step-time",
  "power",
  "memory",
]);

/** A price of electricity is none of a product. */
export function carriesProduct({ kind, unit }: Mention): boolean {
  return KINDS_OF_A_PRODUCT.has(kind) && !(kind === "price" && unit.endsWith("Wh"));
}

/** What all figures of a document share when their products are sought. */
export function productSceneOf(scene: Scene): ProductScene {
  const places = productsIn(scene.catalog, scene.document, scene.cues, scene.mentions);
  const owners = new Map(places.map((place) => [place, null as Mention | null]));
  const bySentence = Map.groupBy(scene.mentions, ({ block }) => block);
  for (const place of places) owners.set(place, ownerOf(scene, place, bySentence.get(place.block) ?? []));
  const bySubject = new Map<string, ProductPlace[]>();
  const users = new Map<string, Set<string>>();
  for (const place of places) {
    const owner = owners.get(place) ?? null;
    const subject = owner === null ? null : scene.subjectOf(owner);
    users.set(place.product.key, (users.get(place.product.key) ?? new Set()).add(subject === null ? EVERYBODY : familyOf(subject)));
    if (subject === null) continue;
    const known = bySubject.get(subject);
    if (known === undefined) bySubject.set(subject, [place]);
    else known.push(place);
  }
  const index = placeIndexOf(places);
  const keys = new Map<string, ReadonlySet<string>>();
  const related = new Map<MentionId, readonly RelatedPlace[]>();
  return {
    scene,
    index,
    relatedOf: (mention) => {
      const found = related.get(mention.id) ?? placesAround(scene, index, mention);
      related.set(mention.id, found);
      return found;
    },
    products: [...new Map(places.map(({ product }) => [product.key, product])).values()],
    ownerOf: (place) => owners.get(place) ?? null,
    placesOf: (subject) => bySubject.get(subject) ?? [],
    keysOf: (subject) => {
      const found = keys.get(subject) ?? new Set((bySubject.get(subject) ?? []).map(({ product }) => product.key));
      keys.set(subject, found);
      return found;
    },
    isOthers: (product, subject) => {
      const using = users.get(product.key);
      return using !== undefined && !using.has(EVERYBODY) && !using.has(familyOf(subject));
    },
  };
}

/** Stands for whatever model a product is told of when none is. */
const EVERYBODY = "";

/** No more figures than these on either side of a product are looked at. */
const NEAREST_OWNERS = 12;

/** The figure that a product is told with: whose words hold it, else the nearest of its clause or row. */
function ownerOf(scene: Scene, { span, cell }: ProductPlace, mentions: readonly Mention[]): Mention | null {
  let best: Mention | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  const middle = lowerBound(mentions, span.start);
  for (const mention of mentions.slice(Math.max(0, middle - NEAREST_OWNERS), middle + NEAREST_OWNERS)) {
    const clause = cell === null ? scene.clauseOf(mention) : mention.sentence;
    const isTogether =
      cell === null
        ? clause.start <= span.start && span.end <= clause.end
        : mention.cell?.row === cell.row && mention.cell.table === cell.table;
    if (!isTogether) continue;
    const far = Math.max(span.start - mention.span.end, mention.span.start - span.end, 0);
    if (far < nearest) [best, nearest] = [mention, far];
  }
  return best;
}
