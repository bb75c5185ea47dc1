/** The cases on the pages of rules as questions: in a text of which something is told, each figure with a unit is one of a training. */
import { draftOf } from "../../src/extract/figure.ts";
import { figureCandidates } from "../../src/extract/figure-question.ts";
import { figureScene } from "../../src/extract/scene.ts";
import { segmentsOf, sourceOf } from "../../src/extract/segments.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import { readDocument } from "../../src/read/read-document.ts";
import { casesOf } from "../../src/report/page-cases.ts";
import { checkPages } from "../../src/store/rules-folder.ts";
import type { Example } from "./fit-weights.ts";

const GROUP = "cases";

/** Every figure of the cases, of the kind that the grammar gives it by its unit. */
export async function caseFigureExamples(catalog: Catalog): Promise<readonly Example[]> {
  const told = [...catalog.equations, ...checkPages()].flatMap(({ page }) => casesOf(page)).filter(({ outcomes }) => outcomes.length > 0);
  const all = await Promise.all(
    told.map(async ({ text, title }) => {
      const { document } = await readDocument(new TextEncoder().encode(text), "case.md");
      if (document === null) return [];
      const segments = segmentsOf(sourceOf(catalog, document));
      const scene = figureScene(catalog, document, segments);
      return segments.flatMap((segment) =>
        segment.figures.flatMap((figure): readonly Example[] => {
          const asked = figureCandidates(scene, segment, figure);
          // What else a unit may be told of, the case does not say.
          if (asked.length > 2) return [];
          const { kind } = draftOf(segment.reader.algebra, figure, "USD");
          const candidates = asked.map(({ key, features }) => ({ key, features, isRight: key === kind }));
          const name = `${title}: ${segment.text.slice(figure.start, figure.end)}`;
          return [{ group: GROUP, document: `${GROUP} ${title}`, name, candidates }];
        }),
      );
    }),
  );
  return all.flat();
}
