import { fromHtml } from "hast-util-from-html";
import type { ReadResult } from "../model/document.ts";
import { finishDocument } from "./finished-document.ts";
import { mainContent } from "./html-content.ts";
import { readHead } from "./html-head.ts";
import { childrenOf } from "./markup-tree.ts";
import { walkMarkup } from "./markup-walk.ts";
import { parsedTree } from "./parsed-tree.ts";
import { invalidText, mendedProblems } from "./text.ts";
import { decodeText } from "./text-decoding.ts";

/**
 * Reads a web page: its article without what surrounds it, tables as tables, comments set apart.
 *
 * Errors: bytes that fit neither UTF-8 nor the charset the page declares give "not-utf8", nesting that no page has "damaged".
 */
export function readHtml(bytes: Uint8Array, source: string): ReadResult {
  const decoded = decodeText(bytes, declaredCharset(bytes));
  if (decoded.kind === "invalid") return { document: null, problems: [invalidText(decoded, source)] };
  const parsed = parsedTree(() => fromHtml(decoded.text), childrenOf);
  if (parsed.kind === "refused") return { document: null, problems: [{ code: "damaged", source, page: null, detail: parsed.detail }] };
  const { tree } = parsed;
  const head = readHead(tree);
  const content = mainContent(tree);
  const draft = walkMarkup({ root: tree, from: content.node, trusted: content.trusted, before: () => undefined, joiner: null });
  const document = finishDocument(draft, { source, mediaType: "text/html", ...head });
  if (document.text === "") return { document: null, problems: [{ code: "empty-file", source, page: null, detail: "page without text" }] };
  return { document, problems: mendedProblems(decoded, source) };
}

/** The charset is declared in the first bytes. Source: HTML living standard, section 13.2.3.2 (prescan of 1024 bytes). */
const PRESCAN_BYTES = 1024;
/** "<meta charset=utf-8>", "content="text/html; charset=windows-1252""; not "character set". */
const CHARSET = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)/i;

function declaredCharset(bytes: Uint8Array): string | null {
  return CHARSET.exec(new TextDecoder("latin1").decode(bytes.subarray(0, PRESCAN_BYTES)))?.[1] ?? null;
}
