import type { Catalog } from "../../src/model/catalog.ts";
import type { PassageMentions } from "../score/gold-mentions.ts";
import { caseFigureExamples } from "./case-examples.ts";
import { bareExamples, figureExamples } from "./figure-examples.ts";
import type { Example, FitOptions } from "./fit-weights.ts";
import { NAME_FIT, nameExamples } from "./name-examples.ts";
import { productExamples } from "./product-examples.ts";
import { roleExamples } from "./role-examples.ts";
import { subjectExamples } from "./subject-examples.ts";
import { trapBareExamples, trapFigureExamples } from "./trap-examples.ts";

/** A decision whose weights are fitted. */
export interface FittedDecision {
  readonly id: string;
  /** One line for the head of its file. */
  readonly about: string;
  /** The questions that the passages ask, with their candidates; what they rest on is fitted without one group. */
  readonly examples: (
    catalog: Catalog,
    passages: readonly PassageMentions[],
    without: string | null,
  ) => readonly Example[] | Promise<readonly Example[]>;
  /** Whether the documents of the development corpus ask it, too. */
  readonly usesCorpus?: boolean;
  /** Whether generated texts ask it, too: they know names of all forms and products in all places, and little of how people speak. */
  readonly usesShapes?: boolean;
  /** Where the usual ones do not serve. */
  readonly options?: Partial<FitOptions>;
}

export const DECISIONS: readonly FittedDecision[] = [
  {
    id: "figure",
    about: "Which kind of figure a number with a unit is, and whether it is one of a training.",
    examples: async (catalog, passages) => [
      ...figureExamples(catalog, passages),
      ...(await trapFigureExamples(catalog)),
      ...(await caseFigureExamples(catalog)),
    ],
    usesCorpus: true,
    usesShapes: true,
    options: { decay: 1, fewest: 10, least: 2 },
  },
  {
    id: "bare",
    about: "What a number without a unit counts, if it is a figure at all.",
    examples: async (catalog, passages) => [...bareExamples(catalog, passages), ...(await trapBareExamples(catalog))],
    usesCorpus: true,
    options: { decay: 1.5, fewest: 5, least: 2 },
  },
  {
    id: "name",
    about: "Whether a term is the name of a model or a run; above zero it is.",
    examples: nameExamples,
    usesCorpus: true,
    usesShapes: true,
    options: NAME_FIT,
  },
  {
    id: "subject",
    about: "Which model or run a figure is of, or none.",
    examples: subjectExamples,
    usesCorpus: true,
    // Models are often close: fine weights, so that rounding leaves few of them even.
    options: { decay: 3, scale: 30 },
  },
  { id: "product", about: "Which product a figure speaks of.", examples: productExamples, usesShapes: true, options: { fewest: 2 } },
  {
    id: "role",
    about: "Whose figure it is: the document's own, somebody else's, or no more than thought of.",
    examples: roleExamples,
    options: { decay: 0.5 },
  },
];
