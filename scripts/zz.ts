import { readFileSync } from "node:fs";
import { readDocument } from "../src/read/read-document.ts";
const f = process.argv[2] ?? "";
const { document } = await readDocument(readFileSync(f), f);
if (document) { for (const b of document.blocks) console.log(b.kind, JSON.stringify(document.text.slice(b.span.start, b.span.end)).slice(0, 200)); for (const t of document.tables) for (const c of t.cells) console.log(c.row, c.column, c.header, JSON.stringify(document.text.slice(c.span.start, c.span.end))); }
