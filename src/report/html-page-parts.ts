/** Looks of the report page; follows the reader's light or dark setting. */
export const HTML_STYLE = `
:root {
  color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; --page: Canvas; --mark: light-dark(#1f5fbf, #7fb0ff);
  --consistent: light-dark(#2b7a4b, #6cc48f); --untested: light-dark(#4f6d7a, #9db8c4); --depends: light-dark(#8a5a00, #e6b34d); --inconsistent: light-dark(#c0281c, #ff8a7a);
  --impossible: light-dark(#8a1a7a, #f08fe0); --malformed: light-dark(#1f5fbf, #7fb0ff); --unverifiable: light-dark(#666, #aaa);
}
html { background: var(--page); }
body { margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884; }
h1 { margin: 0 0 1rem; }
h2 { margin-top: 2.5rem; }
#summary { display: flex; flex-wrap: wrap; gap: .6rem; margin: 0; padding: 0; list-style: none; }
#summary li { flex: 0 0 auto; }
#summary a { display: block; box-sizing: border-box; width: 9.6rem; height: 100%; padding: .5rem .7rem; border: 1px solid #8886; border-radius: .4rem; color: inherit; font-size: .85rem; line-height: 1.25; text-decoration: none; }
#summary a:hover { border-color: currentColor; }
#summary b { display: block; font-size: 1.5rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
#findings { width: 100%; font-size: .93rem; }
#findings thead th { position: sticky; top: 0; background: var(--page); box-shadow: 0 1px #8888; border-bottom: 0; white-space: nowrap; }
#findings td:nth-child(3) { overflow-wrap: break-word; min-width: 9rem; max-width: 16rem; }
.documents { max-height: 26rem; overflow: auto; }
#documents thead th { position: sticky; top: 0; background: var(--page); box-shadow: 0 1px #8888; border-bottom: 0; }
#documents td:nth-child(-n + 2) { overflow-wrap: break-word; max-width: 24rem; }
#documents td:nth-child(3) { white-space: nowrap; }
#documents :is(th, td):nth-child(n + 5) { text-align: right; font-variant-numeric: tabular-nums; }
tr[data-flagged] td:nth-child(5) { color: var(--inconsistent); font-weight: 600; }
#findings td:nth-child(4) { white-space: nowrap; }
#findings td:nth-child(5) { overflow-wrap: break-word; max-width: 12rem; }
#findings :is(td:nth-child(7), td:nth-child(8)) { text-align: right; font-variant-numeric: tabular-nums; }
#findings td:nth-child(9) { min-width: 22rem; }
#findings th button { font: inherit; font-weight: 600; background: none; border: 0; padding: 0; cursor: pointer; color: inherit; }
th[aria-sort=ascending] button::after { content: " \\2191"; }
th[aria-sort=descending] button::after { content: " \\2193"; }
tr.error td:first-child { color: var(--inconsistent); font-weight: 600; }
tr.warning td:first-child { color: var(--depends); font-weight: 600; }
summary { cursor: pointer; }
blockquote { margin: .5rem 0; padding-left: .8rem; border-left: 3px solid #8886; }
cite { opacity: .7; }
#charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1.5rem 2rem; margin-top: 1.5rem; }
#charts figure:not(:has(svg)) { grid-column: 1 / -1; order: 1; }
figure { display: flex; flex-direction: column; margin: 0; }
figcaption { order: -1; margin-bottom: .5rem; }
h3 small, footer { font-weight: 400; opacity: .7; }
#problem-lists ul { margin-top: 0; overflow-wrap: break-word; }
figure svg { display: block; width: 100%; height: auto; }
.legend { display: flex; flex-wrap: wrap; gap: 0 1rem; }
.legend i { font-style: normal; }
#across td { overflow-wrap: break-word; }
#across td:nth-child(-n + 3) { white-space: nowrap; }
#across blockquote { margin-top: 0; }
.filters { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
footer { margin-top: 3rem; }
@media screen and (max-width: 62rem) {
  .cards, .cards tbody, .cards tr { display: block; }
  .cards thead { display: none; }
  .cards tr { border-top: 2px solid #8886; padding: .4rem 0; }
  .cards tr[hidden] { display: none; }
  .cards td, #findings td:nth-child(n), #documents td:nth-child(n) { display: inline-block; border: 0; max-width: none; min-width: 0; padding: .1rem .8rem .1rem 0; text-align: left; white-space: normal; }
  #findings td:nth-child(n):has(details) { display: block; }
  #findings td:nth-child(n):empty, #documents td:nth-child(n):empty { display: none; }
  .cards td:not(:has(details))::before { content: attr(data-label) ": "; opacity: .7; }
  .documents { max-height: 60vh; }
  #summary li { flex: 1 1 9rem; }
  #summary a { width: auto; }
  .filters label, .filters :is(input, select) { max-width: 100%; }
}
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 10pt; }
  .filters, #more { display: none; }
  #findings tbody tr[hidden] { display: table-row; }
  #findings thead th { position: static; }
  tr, figure { break-inside: avoid; }
  h2 { break-after: avoid; }
  #charts { grid-template-columns: 1fr 1fr; }
  .documents { max-height: none; overflow: visible; }
  #documents thead th { position: static; }
  /* A table of a paper's width; the working of what is flagged, and of no other row. */
  #findings, #documents { font-size: 8pt; }
  #findings :is(th, td), #documents :is(th, td) { padding: .15rem .3rem; }
  #findings td:nth-child(n) { min-width: 0; }
  #findings td:nth-child(3) { max-width: 7rem; overflow-wrap: anywhere; }
  #findings td:nth-child(9) { min-width: 16rem; }
  #findings th button::after { content: none; }
  summary { list-style: none; }
  summary::-webkit-details-marker { display: none; }
  tr:is(.error, .warning) details::details-content { content-visibility: visible; display: block; }
}
`;

/**
 * Filter and order of the table of findings; everything it needs stands in the rows.
 *
 * A browser that lays out ten thousand rows is slow at every key, so no more are shown than a person reads; more are a button away.
 */
export const HTML_SCRIPT = `
"use strict";
const STEP = 200;
const body = document.querySelector("#findings tbody");
const entry = (row) => ({ row, fits: true, text: null });
const rows = [...body.rows].map(entry);
const field = (id) => document.getElementById(id);
const later = (field("later")?.textContent ?? "").split("\\n").filter((line) => line !== "");
const total = rows.length + later.length;
const inWords = (number) => number.toLocaleString("en-US");
let most = STEP;
function show() {
  let fitting = 0;
  for (const { row, fits } of rows) {
    if (fits) fitting += 1;
    const isHidden = !fits || fitting > most;
    if (row.hidden !== isHidden) row.hidden = isHidden;
  }
  field("count").value = inWords(fitting) + " of " + inWords(total);
  field("more").hidden = fitting <= most;
  field("more").textContent = "Show more (" + inWords(fitting - most) + " left)";
}
function judge(some) {
  const words = field("search").value.toLowerCase().split(/\\s+/);
  const wanted = ["verdict", "severity", "rule"].map((key) => [key, field(key).value]).filter(([, value]) => value !== "");
  for (const each of some) {
    each.text ??= each.row.textContent.toLowerCase();
    each.fits = wanted.every(([key, value]) => each.row.dataset[key] === value) && words.every((word) => each.text.includes(word));
  }
}
function filter() {
  judge(rows);
  most = STEP;
  show();
}
for (const id of ["search", "verdict", "severity", "rule"]) field(id).addEventListener("input", filter);
field("more").addEventListener("click", () => {
  most += STEP;
  show();
});
// Where a filter or an order was asked for before, what comes later is put under it, too.
let order = null;
function addLater() {
  const part = document.createElement("template");
  part.innerHTML = later.splice(0, STEP).join("");
  const some = [...part.content.children].map(entry);
  judge(some);
  for (const { row } of some) row.hidden = true;
  for (const row of some) rows.push(row);
  body.append(part.content);
  if (later.length > 0) setTimeout(addLater);
  else if (order !== null) order();
  show();
}
const collator = new Intl.Collator("en", { numeric: true });
document.querySelectorAll("#findings th").forEach((head, column) => head.addEventListener("click", () => {
  const isDown = head.getAttribute("aria-sort") === "ascending";
  document.querySelectorAll("#findings th").forEach((other) => other.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  order = () => put(column, isDown);
  order();
}));
function put(column, isDown) {
  for (const each of rows) each.key = each.row.cells[column].dataset.order ?? each.row.cells[column].textContent;
  const isNumber = rows[0]?.row.cells[column].dataset.order !== undefined;
  const compare = isNumber ? (left, right) => left.key - right.key : (left, right) => collator.compare(left.key, right.key);
  rows.sort((left, right) => isDown ? compare(right, left) : compare(left, right));
  body.append(...rows.map(({ row }) => row));
  show();
}
// A reader who goes back finds the filters as they were left, and the rows that fit them.
filter();
if (later.length > 0) setTimeout(addLater);
`;
