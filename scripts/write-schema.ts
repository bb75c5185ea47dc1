import { mkdir, writeFile } from "node:fs/promises";
import { wireJsonSchema } from "../src/report/wire.ts";

/** Publishes the JSON contract for other languages: `npm run schema`. A test fails while the file is not up to date. */
const folder = new URL("../schema/", import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL("reckoner-2.json", folder), `${JSON.stringify(wireJsonSchema(), null, 2)}\n`);
