/** Looks of the report page; follows the reader's light or dark setting. */
export const HTML_STYLE = `
:root {
  color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; --page: Canvas; --mark: light-dark(#1f5fbf, #7fb0ff);
  --consistent: light-dark(#2b7a4b, #6cc48f); --depends: light-dark(#8a5a00, #e6b34d); --inconsistent: light-dark(#c0281c, #ff8a7a);
  --impossible: light-dark(#8a1a7a, #f08fe0); --malformed: light-dark(#1f5fbf, #7fb0ff); --unverifiable: light-dark(#666, #aaa);
}
html { background: var(--page); }
body { margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884; }
#summary td { text-align: right; font-variant-numeric: tabular-nums; }
#findings { width: 100%; }
#findings td:nth-child(3) { overflow-wrap: anywhere; max-width: 16rem; }
#findings th button { font: inherit; font-weight: 600; background: none; border: 0; padding: 0; cursor: pointer; color: inherit; }
th[aria-sort=ascending] button::after { content: " \\2191"; }
th[aria-sort=descending] button::after { content: " \\2193"; }
tr.error td:first-child { color: var(--inconsistent); font-weight: 600; }
tr.warning td:first-child { color: var(--depends); font-weight: 600; }
summary { cursor: pointer; }
blockquote { margin: .5rem 0; padding-left: .8rem; border-left: 3px solid #8886; }
cite { opacity: .7; }
#charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1.5rem 2rem; margin-top: 1.5rem; }
figure { margin: 0; }
figure svg { display: block; width: 100%; height: auto; }
.legend { display: flex; flex-wrap: wrap; gap: 0 1rem; }
.legend i { font-style: normal; }
#across td { overflow-wrap: break-word; }
#across td:nth-child(-n + 3) { white-space: nowrap; }
#across blockquote { margin-top: 0; }
.filters { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; }
footer { margin-top: 3rem; opacity: .7; }
`;

/** Filter and order of the table of findings; everything it needs stands in the rows. */
export const HTML_SCRIPT = `
"use strict";
const body = document.querySelector("#findings tbody");
const rows = [...body.rows];
const field = (id) => document.getElementById(id);
function filter() {
  const words = field("search").value.toLowerCase();
  let shown = 0;
  for (const row of rows) {
    const fits = ["verdict", "severity", "rule"].every((key) => field(key).value === "" || row.dataset[key] === field(key).value)
      && row.textContent.toLowerCase().includes(words);
    row.hidden = !fits;
    if (fits) shown += 1;
  }
  field("count").value = shown + " of " + rows.length;
}
for (const id of ["search", "verdict", "severity", "rule"]) field(id).addEventListener("input", filter);
document.querySelectorAll("#findings th").forEach((head, column) => head.addEventListener("click", () => {
  const isDown = head.getAttribute("aria-sort") === "ascending";
  document.querySelectorAll("#findings th").forEach((other) => other.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  const order = (row) => row.cells[column].dataset.order;
  const text = (row) => row.cells[column].textContent;
  const compare = (left, right) => order(left) === undefined ? text(left).localeCompare(text(right)) : order(left) - order(right);
  rows.sort((left, right) => isDown ? compare(right, left) : compare(left, right));
  body.append(...rows);
}));
`;
