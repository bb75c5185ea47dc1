import type { Root } from "hast";
import type { Byline } from "./byline.ts";
import { attribute, type MarkupNode, plainText } from "./markup-tree.ts";
import { arxivIdIn, printedDate } from "./printed-date.ts";

/** What a page says about itself. */
export interface HtmlHead {
  readonly title: string | null;
  readonly date: string | null;
  readonly arxivId: string | null;
  readonly byline: Byline;
}

/** Names of meta tags that hold the date of publication, most exact first. Source: Open Graph, Highwire Press and Dublin Core tags. */
const DATE_TAGS = [
  "article:published_time",
  "citation_publication_date",
  "citation_online_date",
  "citation_date",
  "datepublished",
  "dc.date",
  "dc.date.issued",
  "dcterms.issued",
  "parsely-pub-date",
  "sailthru.date",
  "publish-date",
  "publish_date",
  "pubdate",
  "date",
];

/** Names of meta tags that hold the title without the name of the site. */
const TITLE_TAGS = ["citation_title", "og:title", "dc.title", "twitter:title"];

/** Reads title, date and arXiv number from the tags of a page. */
export function readHead(root: Root): HtmlHead {
  const tags = new Map<string, string>();
  const people: { readonly tag: string; readonly content: string }[] = [];
  let title: string | null = null;
  let time: string | null = null;
  let linked: string | null = null;
  const visit = (node: MarkupNode): void => {
    if (node.type !== "element" && node.type !== "root") return;
    if (node.type === "element") {
      if (node.tagName === "meta")
        collect(tags, attribute(node, "name") ?? attribute(node, "property") ?? attribute(node, "itemProp"), attribute(node, "content"));
      if (node.tagName === "meta") {
        const tag = (attribute(node, "name") ?? attribute(node, "property") ?? "").toLowerCase();
        const content = oneLine(attribute(node, "content") ?? "");
        if (content !== "") people.push({ tag, content });
      }
      if (node.tagName === "title" && title === null) title = oneLine(plainText(node));
      if (node.tagName === "time" && time === null) time = printedDate(attribute(node, "dateTime") ?? plainText(node));
      if (node.tagName === "script" && attribute(node, "type") === "application/ld+json")
        linked ??= LINKED_DATE.exec(plainText(node))?.[1] ?? null;
    }
    for (const child of node.children) visit(child);
  };
  visit(root);
  const tagged = DATE_TAGS.map((name) => tags.get(name)).find((value) => value !== undefined);
  const arxiv = tags.get("citation_arxiv_id");
  return {
    title: TITLE_TAGS.map((name) => tags.get(name)).find((value) => value !== undefined && value !== "") ?? title,
    date: printedDate(tagged ?? linked ?? "") ?? time,
    arxivId: arxiv === undefined ? null : arxivIdIn(arxiv),
    byline: {
      authors: namesUnder(people, AUTHOR_TAGS),
      organizations: namesUnder(people, ORGANIZATION_TAGS),
    },
  };
}

/** Names of meta tags that hold authors, and where they work. Source: Highwire Press and Dublin Core tags. */
const AUTHOR_TAGS = ["citation_author", "dc.creator", "author", "parsely-author"];
const ORGANIZATION_TAGS = ["citation_author_institution", "citation_technical_report_institution"];

/** What stands under the first of some tags that is there, each once; "Lee, Ann" is turned around. */
function namesUnder(people: readonly { readonly tag: string; readonly content: string }[], tags: readonly string[]): readonly string[] {
  const tag = tags.find((name) => people.some((entry) => entry.tag === name));
  const names = people.filter((entry) => entry.tag === tag).map(({ content }) => content.replace(/^([^,]+), ([^,]+)$/, "$2 $1"));
  return [...new Set(names)];
}

/** The date in linked data: "datePublished": "2019-06-27"; not "dateModified". */
const LINKED_DATE = /"datePublished"\s*:\s*"([^"]{4,40})"/;

function collect(tags: Map<string, string>, name: string | null, content: string | null): void {
  if (name === null || content === null) return;
  const key = name.toLowerCase();
  if (!tags.has(key)) tags.set(key, oneLine(content));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
