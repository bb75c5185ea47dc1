/** Builds the page of `reckoner review` for the package: `node scripts/build-review.ts`. */
import { buildFrontEnd } from "../src/review/front-end.ts";

await buildFrontEnd();
