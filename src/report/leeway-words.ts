import { type Catalog, type Leeway, leewayOf } from "../model/catalog.ts";

const WORDS: Readonly<Record<Leeway, { readonly what: string; readonly told: string }>> = {
  none: { what: "Rounding alone", told: "" },
  band: { what: "What leaks", told: "" },
  open: { what: "What the text leaves open", told: " It is told as a note, or only where a known slip explains it." },
};

/** The last part of the page of a rule, in Markdown: what it lets pass, and why. Empty for a rule that the catalog has not. */
export function leewayPart(catalog: Catalog, rule: string): string {
  const leeway = leewayOf(catalog, rule);
  if (leeway === null) return "";
  const { what, told } = WORDS[leeway];
  const { band, because } = reasonOf(catalog, rule);
  return `## What it lets pass\n\n${what}${band}: ${because}.${told}\n`;
}

function reasonOf({ checks, equations }: Catalog, rule: string): { readonly band: string; readonly because: string } {
  const slack = equations.find(({ id }) => id === rule)?.slack;
  if (slack === undefined) return { band: "", because: checks.find(({ id }) => id === rule)?.because ?? "" };
  const band = slack.low === slack.high ? "" : `, from ${slack.low} to ${slack.high} times what it works out to`;
  return { band, because: slack.because };
}
