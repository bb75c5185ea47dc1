/** "Table 3: Costs", "Figure 2. Loss", "Fig. A.1 | Layout", "Table 1 | Costs", "TABLE IV"; not "Table 2 shows that". */
const CAPTION =
  /^(?:Supplementary\s+|Extended Data\s+)?(?:Table|TABLE|Tab\.|Figure|FIGURE|Fig\.|FIG\.|Algorithm|Listing|Exhibit|Box)\s*(?:[A-Z]{0,2}[.-]?\d+(?:\.\d+)*[a-z]?|[IVX]+)(?:\s*[:.|–—]|\s*\([a-z]\)|\s*$)/;
/** "Table 3", "TABLE IV", "Tab. 2"; not "Figure 3". */
const TABLE_CAPTION = /^(?:Supplementary\s+|Extended Data\s+)?(?:Table|TABLE|Tab\.)\s/;
/** "• first", "– second", "1. third", "(a) fourth", "i) fifth"; not "1.5 hours", "A100". */
const LIST_MARKER = /^(?:[•‣◦▪■●➢▶►✓✔–—∗*-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)/;
/** A footnote's mark: "²See", "† Equal", "*Work done"; not "2 days". */
const NOTE_MARK = /^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹ᵃ-ᶻ]{1,3}|[*∗†‡§¶‖#⋆])\s?\S/;
/** "3 Training", "3.1. Data", "A.2 Details", "IV. RESULTS", "B Cost"; not "3 days", "2048 GPUs". */
const SECTION_NUMBER = /^(?:(\d{1,2}(?:\.\d{1,2})*)\.?|([A-Z](?:\.\d{1,2})+)\.?|([A-Z])\.?|([IVX]{1,5})\.)\s+\p{Lu}/u;
/** "References", "7 References", "Bibliography", "R EFERENCES"; not "Reference models". */
const REFERENCES = /^(?:\d{1,2}\.?\s+)?(?:r\s?eferences(?:\s+and\s+notes)?|bibliography|works\s+cited|literature(?:\s+cited)?)\s*:?$/i;
/** Headings after the bibliography: "A Appendix", "Appendix", "Supplementary material", "B.1 Setup"; not "Abadi, M.". */
const AFTER_REFERENCES =
  /^(?:append(?:ix|ices)\b|supplement|checklist\b|neurips\b|acknowledg|[A-Z](?:\.\d+)*\.?\s+\p{Lu}|\d{1,2}(?:\.\d+)*\.?\s+\p{Lu})/iu;
/** An entry of a bibliography: "[12] Tom Brown", "Brown, T. et al. 2020."; the year or the bracket gives it away. */
const REFERENCE_ENTRY = /^\[\d{1,3}\]\s|\b(?:19|20)\d\d[a-z]?[.)]|\barXiv\b|\bIn (?:Proceedings|Advances)\b|\bpp?\.\s?\d/;
/** Dots that lead to a page number: "Setup . . . . . 12"; not "and so on ...". */
const LEADERS = /(?:\.\s?){5,}\s*\d*\s*$/;
/** The end of a sentence, quotes and footnote marks behind it included. */
const SENTENCE_END = /[.!?。！？]["'”’)\]⁰¹²³⁴⁵⁶⁷⁸⁹†‡*\s]*$/;
/** The number of a displayed equation: "(3)", "(A.2)". */
const EQUATION_NUMBER = /^\(\w{0,2}\.?\d{1,3}[a-z]?\)$/;

export function isCaption(text: string): boolean {
  return CAPTION.test(text);
}

export function isTableCaption(text: string): boolean {
  return CAPTION.test(text) && TABLE_CAPTION.test(text);
}

export function hasListMarker(text: string): boolean {
  return LIST_MARKER.test(text);
}

export function hasNoteMark(text: string): boolean {
  return NOTE_MARK.test(text);
}

/** How deep a heading's number goes: 1 for "3", 2 for "3.1" and "A.2"; null without one. */
export function sectionDepth(text: string): number | null {
  const match = SECTION_NUMBER.exec(text);
  if (match === null) return null;
  const number = match[1] ?? match[2] ?? match[3] ?? match[4] ?? "";
  return Math.min(6, number.split(".").length);
}

export function isReferencesHeading(text: string): boolean {
  return REFERENCES.test(text.trim());
}

export function endsReferences(heading: string): boolean {
  return AFTER_REFERENCES.test(heading.trim());
}

export function isReferenceEntry(text: string): boolean {
  return REFERENCE_ENTRY.test(text);
}

export function hasLeaders(text: string): boolean {
  return LEADERS.test(text);
}

export function endsSentence(text: string): boolean {
  return SENTENCE_END.test(text);
}

export function isEquationNumber(text: string): boolean {
  return EQUATION_NUMBER.test(text);
}
