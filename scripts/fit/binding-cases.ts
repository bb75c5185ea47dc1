/** Examples from the project's own texts: the cases on the pages of rules, and the articles of the tests, as equations over runs judge them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { attachMentions } from "../../src/attach/attach-mentions.ts";
import { askClaims } from "../../src/bind/ask-claims.ts";
import { checkRuns } from "../../src/check/check-runs.ts";
import { extractMentions } from "../../src/extract/extract-mentions.ts";
import { linkRuns } from "../../src/link/link-runs.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { Finding } from "../../src/model/finding.ts";
import { normalizeMentions } from "../../src/normalize/normalize-mentions.ts";
import { readDocument } from "../../src/read/read-document.ts";
import { casesOf } from "../../src/report/page-cases.ts";
import { checkPages } from "../../src/store/rules-folder.ts";
import type { BindingExample } from "./fit-binding.ts";

const ARTICLES = new URL("../../fixtures/articles/", import.meta.url).pathname;
const CASE = "case.md";

/** Each case stands for many of its sort. */
const WEIGHT = 2;

const OPTIONS = { priceDate: null, provider: null, assume: {} };

/** One example for each figure that can be worked out, in the order of the texts. */
export async function caseExamples(catalog: Catalog): Promise<readonly BindingExample[]> {
  const pages = [...catalog.equations, ...checkPages()].flatMap(({ page }) => casesOf(page));
  const texts = pages.filter(({ source }) => source === null).map(({ text }) => ({ name: CASE, text }));
  const examples: BindingExample[] = [];
  for (const { name, text } of [...texts, ...articles()]) examples.push(...(await examplesIn(catalog, name, text)));
  return examples;
}

function articles(): readonly { readonly name: string; readonly text: string }[] {
  if (!existsSync(ARTICLES)) return [];
  return readdirSync(ARTICLES)
    .sort()
    .flatMap((folder) =>
      readdirSync(join(ARTICLES, folder))
        .filter((file) => /^(?:article|card)\.(?:md|txt|html|tex)$/.test(file))
        .map((file) => ({ name: file, text: readFileSync(join(ARTICLES, folder, file), "utf8") })),
    );
}

async function examplesIn(catalog: Catalog, name: string, text: string): Promise<readonly BindingExample[]> {
  const { document } = await readDocument(new TextEncoder().encode(text), name);
  if (document === null) return [];
  const attached = attachMentions(catalog, document, extractMentions(catalog, document));
  const { extraction } = attached;
  const linked = linkRuns(
    document,
    extraction,
    normalizeMentions(catalog, extraction.mentions, attached.attachments),
    attached.attachments,
  );
  const { findings } = checkRuns(catalog, document, linked, OPTIONS);
  const told = new Map(findings.filter(isWorkedOut).map((finding) => [finding.claim, finding]));
  const { attachments, quantities, statements } = linked;
  return askClaims({ catalog, document, quantities, attachments, statements })
    .claims()
    .flatMap((claim) => {
      const finding = told.get(claim.place.mention.id);
      // A case is about one claim; that its other figures are judged by nothing says nothing.
      if (finding === undefined && name === CASE) return [];
      const found = claim.find();
      const features = claim.features(found);
      const candidates = found.map((candidate, index) => ({
        features: features[index] ?? new Map(),
        isRight:
          finding !== undefined &&
          candidate.counts.length === 0 &&
          isSameSet(
            finding.premises,
            candidate.terms.map(({ value }) => value.quantity.mention.id),
          ),
      }));
      const all = [{ features: claim.featuresOfNone(), isRight: finding === undefined }, ...candidates];
      return all.some(({ isRight }) => isRight) ? [{ group: "cases", weight: WEIGHT, candidates: all }] : [];
    })
    .toArray();
}

function isWorkedOut(finding: Finding): boolean {
  const isJudged = finding.verdict === "consistent" || finding.verdict === "inconsistent" || finding.verdict === "depends";
  return isJudged && finding.premises.length > 0;
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((each) => right.includes(each));
}
