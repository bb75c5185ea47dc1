/** What was decided on some figures: whose they are, on which product and in whose voice, and what else there was to choose from. */
import { choiceOf } from "../language/explain.ts";
import { type Catalog, weightsOf } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { Mention, MentionId } from "../model/mention.ts";
import type { Decision } from "../model/trace.ts";
import { PRODUCT, questionsOf, ROLE, USUAL_ROLE } from "./attach-mentions.ts";
import { MODEL } from "./attach-models.ts";
import { carriesProduct } from "./attach-products.ts";

const NONE = "none";

/** Decides again what was decided on the figures that are asked for; `mentions` are all of the document. */
export function explainAttachments(
  catalog: Catalog,
  document: Document,
  mentions: readonly Mention[],
  asked: ReadonlySet<MentionId>,
): readonly Decision[] {
  if (asked.size === 0) return [];
  const { models, askProduct, askRole } = questionsOf(catalog, document, mentions);
  return mentions
    .filter(({ id }) => asked.has(id))
    .flatMap((mention): readonly Decision[] => [
      {
        mention: mention.id,
        ...choiceOf(models.ask(mention), {
          decision: "model",
          weights: weightsOf(catalog, MODEL),
          wordsOf: ({ value }) => value?.text ?? NONE,
          otherwise: NONE,
        }),
      },
      ...(carriesProduct(mention)
        ? [
            {
              mention: mention.id,
              ...choiceOf(askProduct(mention), {
                decision: "product",
                weights: weightsOf(catalog, PRODUCT),
                wordsOf: ({ value }) => value?.called ?? NONE,
                otherwise: "what its own words say",
              }),
            },
          ]
        : []),
      {
        mention: mention.id,
        ...choiceOf(askRole(mention), {
          decision: "role",
          weights: weightsOf(catalog, ROLE),
          wordsOf: ({ value }) => value,
          otherwise: USUAL_ROLE,
        }),
      },
    ]);
}
