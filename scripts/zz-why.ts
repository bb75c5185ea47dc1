import { readFileSync } from "node:fs";
import { openCatalog } from "../src/store/rules-folder.ts";
import { readDocument } from "../src/read/read-document.ts";
import { extractMentions } from "../src/extract/extract-mentions.ts";
import { normalizeMentions } from "../src/normalize/normalize-mentions.ts";
import { linkRuns } from "../src/link/link-runs.ts";
import { askClaims } from "../src/bind/ask-claims.ts";
import { weigh, priorsOf } from "../src/bind/weigh.ts";
import { evidenceFor } from "../src/bind/evidence.ts";
import { slipsOf } from "../src/bind/slips.ts";
import { weightsOf } from "../src/model/catalog.ts";
const { catalog } = await openCatalog({ overlay: null });
const { document } = await readDocument(readFileSync(process.argv[2]), process.argv[2]);
if (!document) throw 1;
const ex = extractMentions(catalog, document); const linked = linkRuns(catalog, document, ex, normalizeMentions(catalog, ex));
const asked = { catalog, document, quantities: linked.quantities, attachments: linked.attachments, statements: linked.statements };
const { claims, ledger } = askClaims(asked); const w = weightsOf(catalog, "binding");
for (const c of claims) { const p = priorsOf(w, c); const x = weigh(catalog, w, c, ledger.places); console.log(`## ${c.place.mention.kind} "${c.place.mention.text}" subj=${c.place.subject} role=${c.place.role} agrees ${x.agrees.toFixed(3)} differs ${x.differs.toFixed(3)} ${x.differing?.slip?.id} none ${p.none.toFixed(3)}`); p.of.map((v, j) => [v, j]).sort((a, b) => b[0] - a[0]).slice(0, Number(process.env.N ?? 5)).forEach(([v, j]) => { const k = c.candidates[j]; const e = evidenceFor(k, slipsOf(catalog, k, ledger.places), { low: .85, high: 1.05 }); console.log("   ", v.toFixed(3), k.shape, k.terms.map((t) => (t.sign > 0 ? "*" : "/") + t.value.quantity.mention.text + "[" + t.value.weight.toFixed(2) + "]").join(" "), k.counts.map((q) => "#" + q.value).join(), "ratio", Math.exp(k.claim.log - k.log).toPrecision(4), `a ${e.agrees.toFixed(3)} s ${e.slips.toFixed(3)} ${e.slip?.slip.id} d ${e.differs.toFixed(4)}`); if (process.env.F) console.log([...c.features[j]].map(([n, a]) => `${n}:${a * (w.weights[n] ?? 0)}`).join(", ")); }); if (process.env.F) console.log("NONE", [...c.featuresOfNone].map(([n, a]) => `${n}:${a * (w.weights[n] ?? 0)}`).join(", ")); }
