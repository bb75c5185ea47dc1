import type { Element, ElementContent, Nodes, Root, RootContent } from "hast";

/** Any node of a tree of markup. */
export type MarkupNode = Root | RootContent | ElementContent;

/** Elements that begin on a line of their own. Source: HTML living standard, section 15.3 (rendering of flow content). */
const BLOCK_TAGS: ReadonlySet<string> = new Set(
  `address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
  header hgroup hr html legend li main menu nav ol p pre search section summary table caption thead tbody tfoot tr td th ul`.split(/\s+/),
);

/** Elements whose content is no text of the document: code, controls, pictures, navigation. */
const SKIPPED_TAGS: ReadonlySet<string> = new Set(
  `head title script style noscript template svg canvas iframe object embed video audio form button input select textarea nav aside
  dialog map area img picture source track del s strike footer`.split(/\s+/),
);

/** Parts of class names and ids that mark what surrounds an article: "related-posts", "share_buttons", "site-nav", "cookie-banner". */
const AROUND =
  /(?:^|[-_])(?:related(?:posts)?|jp-relatedposts|sidebar|sharing|share|sharedaddy|social|newsletter|subscribe|breadcrumbs?|adverts?|advertisement|ads?|cookies?|promo|popup|modal|navbar|navbox|nav|navigation|pagination|toc|author-bio|tags|skip-link|catlinks|editsection|metadata)(?:$|[-_])/i;
/** Parts that mark what readers wrote: "comments", "comment-list", "disqus_thread"; not "commentary". */
const READERS_WORDS = /(?:^|[-_])(?:comments?|commentlist|respond|disqus|pingbacks?|trackbacks?)(?:$|[-_])/i;
/** Parts that mark a bibliography: "references", "ltx_bibliography", "reflist"; not "reference-guide". */
const BIBLIOGRAPHY = /(?:^|[-_])(?:references|bibliography|reflist|bibitem)$/i;
/** Parts that mark a note set apart from the sentence it stands in: "footnote", "ltx_role_footnote", "footnotes"; not "note". */
const FOOTNOTE = /(?:^|[-_])footnotes?(?:$|[-_](?:text|item|list|content))/i;
/** Parts that mark text for screen readers only: "sr-only", "visually-hidden". */
const UNSEEN =
  /^(?:sr-only|visually-hidden|visuallyhidden|screen-reader-text|katex-html|ltx_page_footer|ltx_page_logo|ltx_tag_(?:item|itemize|enumerate))$/i;

/** What an element is to a reader of the article. */
export type Place = "text" | "skip" | "comment" | "references" | "footnote";

/** Decides by tag, role, class and id what an element is. `trusted` elements hold most of the page and are never skipped by a name. */
export function placeOf(element: Element, trusted: ReadonlySet<Element>): Place {
  if (SKIPPED_TAGS.has(element.tagName)) return "skip";
  if (isHidden(element)) return "skip";
  if (trusted.has(element) || element.tagName === "html" || element.tagName === "body") return "text";
  const role = attribute(element, "role");
  if (role === "navigation" || role === "search" || role === "banner" || role === "contentinfo" || role === "complementary") return "skip";
  if (element.tagName === "a" && isNoteReturn(element)) return "skip";
  const names = namesOf(element);
  if (names.some((name) => UNSEEN.test(name))) return "skip";
  if (names.some((name) => FOOTNOTE.test(name))) return "footnote";
  if (names.some((name) => READERS_WORDS.test(name)) && isBlock(element)) return "comment";
  if (names.some((name) => BIBLIOGRAPHY.test(name))) return "references";
  if (names.some((name) => AROUND.test(name)) && isBlock(element)) return "skip";
  return "text";
}

/** The arrow after a note that leads back to its mark. */
function isNoteReturn(element: Element): boolean {
  if (element.properties.dataFootnoteBackref !== undefined || attribute(element, "role") === "doc-backlink") return true;
  return namesOf(element).some((name) => /^(?:data-)?footnote-back(?:ref)?$|^reversefootnote$/i.test(name));
}

/** True for elements that are not displayed, unless they hold the source of a formula that is displayed as a picture. */
function isHidden(element: Element): boolean {
  const style = attribute(element, "style") ?? "";
  const hidden =
    element.properties.hidden !== undefined || attribute(element, "ariaHidden") === "true" || /display\s*:\s*none/i.test(style);
  return hidden && !element.children.some((child) => child.type === "element" && child.tagName === "math");
}

/** The nodes right below a node. */
export function childrenOf(node: MarkupNode): readonly MarkupNode[] {
  return "children" in node ? node.children : [];
}

export function isBlock(node: MarkupNode): boolean {
  return node.type === "element" && BLOCK_TAGS.has(node.tagName);
}

/** Elements among whose descendants is a block; the tree is walked once. */
export function blockHolders(root: Root): ReadonlySet<Element> {
  const holders = new Set<Element>();
  const visit = (node: MarkupNode): boolean => {
    if (node.type !== "element" && node.type !== "root") return false;
    let holds = false;
    for (const child of node.children) if (visit(child)) holds = true;
    if (holds && node.type === "element") holders.add(node);
    return holds || isBlock(node);
  };
  visit(root);
  return holders;
}

/** The source line on which a node begins; null for a node that the parser made up, whose position may lack its parts. */
export function lineAt(node: MarkupNode | undefined): number | null {
  const position: { readonly start?: { readonly line: number } } | undefined = node?.position;
  return position?.start?.line ?? null;
}

/** An attribute as text; null if it is absent. */
export function attribute(element: Element, name: string): string | null {
  const value = element.properties[name];
  if (value === undefined || value === null || typeof value === "boolean") return null;
  return Array.isArray(value) ? value.join(" ") : String(value);
}

function namesOf(element: Element): readonly string[] {
  const id = attribute(element, "id");
  const classes = attribute(element, "className");
  return [...(id === null ? [] : [id]), ...(classes === null ? [] : classes.split(/\s+/))];
}

/** All text below a node, as it stands in the source. */
export function plainText(node: Nodes | MarkupNode): string {
  if (node.type === "text") return node.value;
  if (node.type !== "element" && node.type !== "root") return "";
  let text = "";
  for (const child of node.children) text += plainText(child);
  return text;
}
