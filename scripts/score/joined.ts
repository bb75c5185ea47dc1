/**
 * Passages one below the other as the sections of one long document: what is read and told of a text should not hang on what else stands
 * around it, and documents are longer than passages.
 */
import { spokenIn } from "../../src/language/spoken.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { WireDocument } from "../../src/report/wire.ts";

/** Sections of one document. */
const SECTIONS = 8;

/** Formats whose texts can stand one below the other. */
const JOINED: ReadonlySet<string> = new Set(["text", "markdown"]);

/** What can be joined. */
export interface Section {
  readonly id: string;
  readonly media: string;
  readonly text: string;
}

/** A long document; `parts` are in its order. */
export interface Joined<Passage extends Section> {
  readonly media: Passage["media"];
  readonly text: string;
  readonly parts: readonly Part<Passage>[];
}

export interface Part<Passage extends Section> {
  readonly passage: Passage;
  /** Where its text begins in that of the document. */
  readonly start: number;
  /** Lines of the document, from 1. */
  readonly first: number;
  readonly last: number;
}

/** Long documents of the passages that can be joined, those of one format and language together. */
export function joinPassages<Passage extends Section>(catalog: Catalog, passages: readonly Passage[]): readonly Joined<Passage>[] {
  const alike = Map.groupBy(
    passages.filter(({ media }) => JOINED.has(media)),
    ({ media, text }) => `${media} ${spokenIn(catalog, text).languages.join(" ")}`,
  );
  return [...alike.values()].flatMap((list) => {
    const media = list[0]?.media ?? "text";
    const count = Math.max(1, Math.round(list.length / SECTIONS));
    // Neighbours of a file are often of one hand, and are put into different documents.
    return Array.from({ length: count }, (_, at) =>
      joined(
        media,
        list.filter((_passage, index) => index % count === at),
      ),
    );
  });
}

function joined<Passage extends Section>(media: Passage["media"], passages: readonly Passage[]): Joined<Passage> {
  const parts: Part<Passage>[] = [];
  let text = "";
  for (const [index, passage] of passages.entries()) {
    const heading = `Section ${index + 1}`;
    text += media === "markdown" ? `## ${heading}\n\n` : `${heading}\n\n`;
    const first = lineAt(text);
    const start = text.length;
    text += passage.text.trimEnd();
    parts.push({ passage, start, first, last: lineAt(text) });
    text += "\n\n";
  }
  return { media, text, parts };
}

function lineAt(text: string): number {
  return text.split("\n").length;
}

/** What was found in some lines of a document, as if they were all of it. */
export function partOf(document: WireDocument, { first, last }: Pick<Part<Section>, "first" | "last">): WireDocument {
  const isInside = ({ line }: { readonly line: number | null }): boolean => line !== null && first <= line && line <= last;
  return { ...document, mentions: document.mentions.filter(isInside), findings: document.findings.filter(isInside) };
}
