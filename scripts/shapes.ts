/**
 * Prints generated texts with their gold, as passages in YAML: `npm run shapes [-- --law place] [--texts 100] [--from 1]`.
 *
 * The seed of a text is in its id, so that any of them can be made again. Seeds from 1 on are those of the laws: texts to learn from
 * begin elsewhere.
 */
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { openCatalog } from "../src/store/rules-folder.ts";
import { ALL_LAWS } from "./shapes/law-run.ts";
import { plainProducts } from "./shapes/story.ts";

const { values: flags } = parseArgs({
  options: {
    law: { type: "string", default: "place" },
    texts: { type: "string", default: "100" },
    from: { type: "string", default: "100000" },
  },
});

const law = ALL_LAWS[flags.law];
if (law === undefined) throw new Error(`no law "${flags.law}"; there are ${Object.keys(ALL_LAWS).join(", ")}`);
const { catalog, problems } = await openCatalog({ overlay: null });
if (problems.length > 0) throw new Error(problems.join("\n"));
const products = plainProducts(catalog);
const seeds = Array.from({ length: Number(flags.texts) }, (_, index) => Number(flags.from) + index);
const passages = seeds.map((seed) => ({ ...law(seed, products).variant, id: `${flags.law}-${seed}` }));
process.stdout.write(stringify(passages, { lineWidth: 0, aliasDuplicateObjects: false }));
