/** Sentences that fool an extractor as questions with their answers: their markup tells what a number is, or that it is nothing. */
import { join, resolve } from "node:path";
import { bareNumbers } from "../../src/extract/bare-number.ts";
import { bareCandidates } from "../../src/extract/bare-question.ts";
import { draftOf, type Figure } from "../../src/extract/figure.ts";
import { figureCandidates } from "../../src/extract/figure-question.ts";
import { nearOf, type ReadSegment } from "../../src/extract/read-figures.ts";
import { figureScene } from "../../src/extract/scene.ts";
import { type Segment, segmentsOf, sourceOf } from "../../src/extract/segments.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import { readDocument } from "../../src/read/read-document.ts";
import { COMPLETE_KINDS, type TrapCase, trapCases } from "../score/trap-cases.ts";
import type { Example } from "./fit-weights.ts";

const FOLDER = join(resolve(import.meta.dirname, "../.."), "fixtures", "traps");
const GROUP = "traps";

/** Each sentence stands for many of its sort. */
const WEIGHT = 6;

/** Every figure of the sentences whose answer the markup tells. */
export function trapFigureExamples(catalog: Catalog): Promise<readonly Example[]> {
  return examplesOf(catalog, (scene, read) =>
    read.segments.flatMap((segment) =>
      segment.figures.flatMap((figure) => {
        const options = figureCandidates(scene, segment, figure);
        const isWanted = options.some(({ value }) => value !== null && matches(read.trap, segment, value));
        if (!isWanted && !options.every(({ value }) => value === null || isUnwanted(read.trap, value))) return [];
        return exampleOf(read.trap, options, (value) => (isWanted ? value !== null && matches(read.trap, segment, value) : value === null));
      }),
    ),
  );
}

/** Every number without a unit of the sentences. */
export function trapBareExamples(catalog: Catalog): Promise<readonly Example[]> {
  return examplesOf(catalog, (scene, read) => {
    const confirmed: ReadSegment[] = read.segments.map((segment) => ({
      segment,
      figures: segment.figures.filter((figure) => matches(read.trap, segment, figure)),
    }));
    return read.segments.flatMap((segment, index) =>
      bareNumbers(segment, segment.figures).flatMap((bare) => {
        const around = nearOf(
          confirmed,
          index,
          bare.at,
          (confirmed[index]?.figures ?? []).filter(({ from }) => from !== bare.at),
        );
        const options = bareCandidates(scene, bare, around);
        const isWanted = options.some(({ value }) => value !== null && matches(read.trap, segment, value));
        return exampleOf(read.trap, options, (value) => (isWanted ? value !== null && matches(read.trap, segment, value) : value === null));
      }),
    );
  });
}

interface ReadTrap {
  readonly trap: TrapCase;
  readonly segments: readonly Segment[];
}

async function examplesOf(
  catalog: Catalog,
  ask: (scene: ReturnType<typeof figureScene>, read: ReadTrap) => readonly Example[],
): Promise<readonly Example[]> {
  const all = await Promise.all(
    trapCases(FOLDER).map(async (trap) => {
      const { document } = await readDocument(new TextEncoder().encode(trap.sentence), "trap.txt");
      if (document === null) return [];
      const segments = segmentsOf(sourceOf(catalog, document));
      return ask(figureScene(catalog, document, segments), { trap, segments });
    }),
  );
  return all.flat();
}

function exampleOf(
  { file, trap, sentence }: TrapCase,
  options: readonly { readonly key: string; readonly features: readonly string[]; readonly value: Figure | null }[],
  isRight: (value: Figure | null) => boolean,
): readonly Example[] {
  const candidates = options.map(({ key, features, value }) => ({ key, features, isRight: isRight(value) }));
  return [{ group: GROUP, document: `${file} ${trap}`, name: sentence, weight: WEIGHT, candidates }];
}

/** Whether the markup lists a figure: its kind and value. */
function matches({ wanted }: TrapCase, segment: Segment, figure: Figure): boolean {
  const { kind, value } = draftOf(segment.reader.algebra, figure, "USD");
  return wanted.some((line) => {
    const [name, number] = line.split(" ");
    return name === kind && Math.abs(Number(number) - value) <= 1e-6 * Math.abs(value);
  });
}

/** Whether the markup says that nothing of the kind stands there but what it lists. */
function isUnwanted({ wanted }: TrapCase, figure: Figure): boolean {
  const { kind } = figure.kind;
  return COMPLETE_KINDS.has(kind) || wanted.includes(`no ${kind}`) || NAMED_ONLY.has(kind);
}

/** Kinds that a unit admits, and no trap is about. */
const NAMED_ONLY: ReadonlySet<string> = new Set(["batch", "sequence-length", "step-time"]);
