/** Looks of the page of one document; follows the reader's light or dark setting, a narrow window, and paper. */
export const DOCUMENT_STYLE = `
:root {
  color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif;
  --wrong: light-dark(#b3261a, #ff8a7a); --right: light-dark(#226b40, #6cc48f); --loose: light-dark(#7a5000, #e6b34d); --open: light-dark(#555, #b5b5b5);
}
html { background: Canvas; color: CanvasText; }
body { margin: 0 auto; max-width: 84rem; padding: 1.5rem 1rem; }
.lead { font-size: 1.3rem; font-weight: 600; margin: 0 0 .3rem; max-width: 46rem; text-wrap: pretty; }
.about, footer, small { opacity: .75; }
.about, p, li, h1, h2, h3, h4, h5, h6 { overflow-wrap: break-word; }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2.5rem; margin-top: 1.5rem; }
article { max-width: 46rem; }
article p { margin: .7rem 0; }
article :is(.caption, .footnote) { font-size: .9rem; }
article .quote { border-left: 3px solid #8886; padding-left: .8rem; }
article .list-item { margin: .4rem 0; }
pre { overflow-x: auto; white-space: pre-wrap; overflow-wrap: break-word; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { border-bottom: 1px solid #8885; padding: .2rem .6rem; text-align: left; vertical-align: top; }
.short { white-space: nowrap; }
mark { background: color-mix(in srgb, var(--tone) 16%, transparent); color: inherit; border-radius: .15rem; }
mark a { color: inherit; text-decoration: underline 2px var(--tone); text-underline-offset: .2em; }
mark a span { color: var(--tone); font-weight: 700; padding-left: .15em; }
/* A joiner, so that no sign stands on a line of its own. */
mark a span::before { content: "\\2060"; }
.wrong { --tone: var(--wrong); } .right { --tone: var(--right); } .loose { --tone: var(--loose); } .open { --tone: var(--open); }
section { align-self: start; position: sticky; top: 0; max-height: 100vh; overflow-y: auto; }
section h2 { color: var(--tone); font-size: 1.05rem; margin: 0 0 .4rem; }
section ol { list-style: none; margin: 0 0 1.4rem; padding: 0; }
section > ol > li { border-left: 3px solid var(--tone); margin: .6rem 0; padding: .1rem 0 .1rem .8rem; }
section li > a { white-space: nowrap; }
section details ol { list-style: decimal; margin: .3rem 0 0; padding-left: 1.4rem; font-size: .88rem; }
summary { cursor: pointer; font-size: .9rem; opacity: .8; }
:target { outline: 2px solid var(--tone); outline-offset: 2px; }
cite { opacity: .75; }
footer { font-size: .85rem; margin-top: 2.5rem; }
@media (max-width: 52rem) {
  main { grid-template-columns: minmax(0, 1fr); gap: 1.5rem; }
  section { position: static; max-height: none; order: -1; }
  th, td { padding: .2rem .3rem; font-size: .82rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 11pt; }
  main { display: block; }
  section { position: static; max-height: none; overflow: visible; }
  section li { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; }
}
`;
