/** What follows a heading: text to be read, a bibliography, or what readers wrote. */
export type SectionKind = "body" | "references" | "comment";

/** "References", "7. Bibliography", "Works cited"; not "Reference implementation". */
const REFERENCES = /^(?:\d{1,2}\.?\s+)?(?:references(?:\s+and\s+notes)?|bibliography|works\s+cited|literature(?:\s+cited)?)\s*:?$/i;
/** "Comments", "Comments (3)", "Reader comments:", "Pingbacks"; not "Discussion" or "Thoughts", which authors write too. */
const COMMENTS = /^(?:(?:all|reader|user|readers['’])\s+)?(?:comments|pingbacks|trackbacks)(?:\s*[([]?\s*\d+\s*[)\]]?)?\s*:?$/i;
/** "55 comments", "12 responses", "Discussion (4)"; not "Responses". */
const COUNT_OF_COMMENTS =
  /^(?:\d[\d,.]*|one|no)\s+(?:comments?|responses?|replies|pingbacks?|trackbacks?)\s*:?$|^(?:discussion|responses|replies)\s*[([]\s*\d+\s*[)\]]$/i;
/** "2 thoughts on Our trip", "55 comments on “Title”": the number says it is no title of an essay; not "Thoughts on costs". */
const COMMENTS_ON_TITLE = /^(?:\d[\d,.]*|one|no)\s+(?:comments?|responses?|replies|thoughts?|pingbacks?|trackbacks?)\s+(?:on|to)\s+\S/i;
/** "Leave a Reply", "Leave a comment Cancel reply", "Post a comment", "Join the discussion"; not "Leave a margin". */
const REPLY_FORM =
  /^(?:leave|post|add|write|submit)\s+(?:a|your)\s+(?:reply|comment|response)\b|^join\s+the\s+(?:discussion|conversation)\b/i;
/** An entry of a list of links back: "Pingback: Some blog", "12. Trackback: ..."; not "the pingback protocol". */
const PINGBACK = /^(?:\d{1,4}[.)]\s*)?(?:pingback|trackback)s?\s*:/i;
/** Headings after a bibliography that are the author's text again: "Appendix A", "A Training details", "Supplementary material"; not "Apple". */
const APPENDIX = /^(?:(?:[Aa]ppendix|APPENDIX|[Aa]ppendices|[Ss]upplement(?:ary|al)?)\b|[A-Z](?:\.\d+)*\.?\s+[A-Z])/;

/** A heading is never longer; longer lines are not looked at. */
const HEADING_CHARACTERS = 200;

/** What a heading, or a line that may be one, opens. */
export function sectionKind(heading: string): SectionKind {
  const line = heading.trim();
  if (line.length > HEADING_CHARACTERS) return "body";
  if (REFERENCES.test(line)) return "references";
  if ([COMMENTS, COUNT_OF_COMMENTS, COMMENTS_ON_TITLE, REPLY_FORM].some((pattern) => pattern.test(line))) return "comment";
  return "body";
}

/** True for an entry that only a list of comments has. */
export function isPingback(text: string): boolean {
  return PINGBACK.test(text.slice(0, 40).trim());
}

/** True for a heading that ends a bibliography where headings have no levels. */
export function isAppendix(heading: string): boolean {
  return APPENDIX.test(heading.trim());
}
