/** What the text around a figure speaks of: training, serving, people, purchases. */
import { clausesOf } from "../language/clauses.ts";
import { type CueIndex, cuesIn } from "../language/cues.ts";
import { FOREIGN } from "../language/label-meaning.ts";
import { DOMAINS } from "../language/voice.ts";
import type { Catalog, CueKind } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import type { Span } from "../model/span.ts";
import type { Figure } from "./figure.ts";
import type { Segment } from "./segments.ts";

/** What figures are asked with. */
export interface FigureScene {
  readonly catalog: Catalog;
  /** Cues of the whole text, and that text. */
  readonly cues: CueIndex;
  readonly text: string;
  readonly blocks: readonly { readonly span: Span }[];
  /** How many counts of hardware, and sums of their hours, the document has. */
  readonly hardware: number;
  readonly prices: readonly Figure[];
  /** The domains that the text speaks of anywhere. */
  readonly domains: ReadonlySet<CueKind>;
  /** Whether hardware is counted or named within some blocks of a segment. */
  readonly hasHardwareNear: (segment: Segment) => boolean;
  /** The figures of a segment and of those around it. */
  readonly around: (segment: Segment) => readonly Figure[];
}

export function figureScene(catalog: Catalog, document: Document, segments: readonly Segment[]): FigureScene {
  const hardware = segments.reduce(
    (count, { figures }) => count + figures.filter(({ kind }) => kind.kind === "accelerators" || kind.kind === "accelerator-hours").length,
    0,
  );
  const prices = segments.flatMap(({ figures }) => figures.filter(({ kind }) => kind.kind === "price"));
  const cues = cuesIn(catalog, document.text);
  const domains = new Set([...DOMAINS.keys()].filter((domain) => cues.has(domain, { start: 0, end: document.text.length })));
  const places = new Map(segments.map((segment, index) => [segment, index]));
  // Every figure of a segment asks.
  const known = new WeakMap<Segment, readonly Figure[]>();
  const around = (segment: Segment): readonly Figure[] => {
    let figures = known.get(segment);
    if (figures === undefined) {
      const at = places.get(segment) ?? 0;
      figures = [segment, segments[at - 1], segments[at + 1], segments[at - 2]].flatMap((near) => near?.figures ?? []);
      known.set(segment, figures);
    }
    return figures;
  };
  const ofHardware = segments.filter(isOfHardware).map(({ block }) => block);
  const hasHardwareNear = ({ block }: Segment): boolean =>
    (ofHardware[headLength(ofHardware, (other) => other < block - REACH)] ?? Number.POSITIVE_INFINITY) <= block + REACH;
  return { catalog, prices, cues, domains, around, hasHardwareNear, text: document.text, blocks: document.blocks, hardware };
}

/** How many blocks away hardware still says what hours are of. */
const REACH = 6;

function isOfHardware({ figures, reader }: Segment): boolean {
  return reader.tokens.some(({ kind }) => kind === "product") || figures.some(({ kind }) => HARDWARE.has(kind.kind));
}

const HARDWARE: ReadonlySet<string> = new Set(["accelerators", "nodes", "accelerator-hours"]);

/** What the clause, the sentence, the block and the one above speak of, as features. */
export function domainFeatures({ cues, text, blocks, domains }: FigureScene, segment: Segment, at: number): readonly string[] {
  const clauses = segment.cell === null ? clausesOf(text, segment.sentence, cues) : [segment.sentence];
  const clause = clauses[headLength(clauses, (span) => span.end <= at)] ?? segment.sentence;
  const block = blocks[segment.block]?.span ?? segment.sentence;
  const above = blocks[segment.block - 1]?.span ?? block;
  const features = [`place ${segment.place}`];
  for (const domain of DOMAINS.keys()) {
    const where = cues.has(domain, clause)
      ? "clause"
      : cues.has(domain, segment.sentence)
        ? "sentence"
        : cues.has(domain, block)
          ? "block"
          : cues.has(domain, above)
            ? "above"
            : null;
    if (where !== null) features.push(`${where} ${domain}`, `near ${domain}`);
  }
  const hasTraining = domains.has("about-training");
  if (!hasTraining) features.push("no training in the text");
  if (!hasTraining && (domains.has("about-serving") || domains.has("about-api"))) features.push("serving alone in the text");
  if (segment.labels.includes(FOREIGN)) features.push("foreign label");
  return features;
}
