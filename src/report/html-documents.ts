import { counted, escapeHtml } from "./html-text.ts";
import { judgedClaims } from "./judged-claims.ts";
import { isFlagged } from "./report-subject.ts";
import type { WireDocument } from "./wire.ts";

/** The address of a document as seen from the page; null for one that has none. */
export type LinkOf = (source: string) => string | null;

/** A document named by a path from where the page is read; standard input has no address. */
export function ownLink(source: string): string | null {
  return source === "-" ? null : encoded(source);
}

/** A path or an address as a link: what would end it early is escaped, what is escaped already in an address stays. */
export function encoded(path: string): string {
  return /^(?:https?|s3):\/\//i.test(path) ? path : path.split("/").map(encodeURIComponent).join("/");
}

/** A document as a link, at a page where one is known: "papers/x.pdf#page=12". Its name may be broken between its parts, never inside a word. */
export function documentLink(linkOf: LinkOf, source: string, page: number | null, words = source): string {
  const name = escapeHtml(words).replaceAll(/[/_.-]+/g, "$&<wbr>");
  const link = linkOf(source);
  if (link === null) return name;
  return `<a href="${escapeHtml(link)}${page === null ? "" : `#page=${page}`}">${name}</a>`;
}

/** More rows are for documents.jsonl. */
const MOST_ROWS = 5000;

/** A row for each document, also for one of which nothing was flagged. */
export function startDocumentTable(linkOf: LinkOf) {
  const rows: string[] = [];
  let total = 0;
  return {
    add: (document: WireDocument): void => {
      total += 1;
      if (rows.length === MOST_ROWS) return;
      const claims = judgedClaims(document);
      const of = (wanted: string): number => claims.filter(({ verdict }) => verdict === wanted).length;
      const flagged = claims.filter(isFlagged);
      const cells = [
        documentLink(linkOf, document.source, null),
        escapeHtml(document.title ?? ""),
        document.date ?? "",
        document.status === "checked" ? "read" : document.status === "partial" ? "read in part" : "not read",
        ...[flagged.length, of("consistent"), of("untested"), of("unverifiable")].map((count) => counted(count)),
      ];
      rows.push(
        `<tr${flagged.length > 0 ? " data-flagged" : ""}>${cells.map((cell, index) => `<td data-label="${HEADS[index]}">${cell}</td>`).join("")}</tr>`,
      );
    },
    html: (): string => {
      if (rows.length === 0) return "";
      const left =
        total === rows.length ? "" : `\n<p>The first ${counted(rows.length)} of ${counted(total)}; documents.jsonl has all of them.</p>`;
      return `<h2 id="documents-title">Documents</h2>${left}
<div class="documents" tabindex="0" role="group" aria-labelledby="documents-title">
<table id="documents" class="cards">
<thead><tr>${HEADS.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</div>`;
    },
  };
}

const HEADS = ["document", "title", "date", "status", "flagged", "add up", "not tested", "cannot be checked"] as const;
