import { expect, test } from "vitest";
import { readByline } from "../../src/read/byline.ts";
import { readDocument } from "../../src/read/read-document.ts";

const BYLINES: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
  ["side by side", ["Ann Lee Bob B. Ray Ming-Wei Tan"], ["Ann Lee", "Bob B. Ray", "Ming-Wei Tan"], []],
  [
    "marks behind names and before places",
    ["Ann Lee¹∗, Bob Ray²", "¹ Heron Labs ² University of Ely"],
    ["Ann Lee", "Bob Ray"],
    ["Heron Labs", "University of Ely"],
  ],
  ["places said again", ["Ann Lee Bob Ray University of Ely University of Ely"], ["Ann Lee", "Bob Ray"], ["University of Ely"]],
  ["a place by its address", ["Ann Lee∗", "Heron Flight", "ann@heron.com"], ["Ann Lee"], ["Heron Flight"]],
  ["remarks are no places", ["Ann Lee∗", "∗Equal contribution †Work done at Heron", "OpenHeron"], ["Ann Lee"], ["OpenHeron"]],
  ["a company and its town", ["Heron Inc. New Ely"], [], ["Heron Inc."]],
  ["nobody", ["Anonymous Authors", "Under review"], [], []],
];

test.each(BYLINES)("%s", (_, lines, authors, organizations) => {
  expect(readByline(lines)).toEqual({ authors, organizations });
});

async function bylineOf(source: string, text: string) {
  const { document } = await readDocument(new TextEncoder().encode(text), source);
  return [document?.authors, document?.organizations];
}

test("in every format, and not in the text", async () => {
  const who = [["Ann Lee", "Bob Ray"], ["Heron Labs"]];
  expect(await bylineOf("a.md", "# Lark\n\nAnn Lee, Bob Ray\n\nHeron Labs\n\n## Abstract\n\nGrace Hopper University of Ely")).toEqual(who);
  expect(await bylineOf("a.md", "---\nauthors: [Ann Lee, Bob Ray]\norganization: Heron Labs\n---\n# Lark\n\nText.")).toEqual(who);
  expect(
    await bylineOf(
      "a.tex",
      "\\documentclass{article}\\title{Lark}\\author{Ann Lee\\thanks{Paid.} \\and Bob Ray \\\\ Heron Labs}\\begin{document}\\maketitle Text.\\end{document}",
    ),
  ).toEqual(who);
  const tags = '<meta name="citation_author" content="Lee, Ann"><meta name="citation_author" content="Bob Ray">';
  const place = '<meta name="citation_author_institution" content="Heron Labs">';
  expect(await bylineOf("a.html", `<html><head>${tags}${place}</head><body><h1>Lark</h1><p>Text.</p></body></html>`)).toEqual(who);
  expect(
    await bylineOf(
      "a.md",
      "# Lark\n\nWe trained Lark on 64 A100 GPUs for 12 days, and Ann Lee of Heron Labs said that it was worth it in the end.",
    ),
  ).toEqual([[], []]);
});
