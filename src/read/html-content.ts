import type { Element, Root } from "hast";
import { attribute, type MarkupNode, placeOf } from "./markup-tree.ts";

/** Where the article is. */
export interface MainContent {
  readonly node: MarkupNode;
  /** Elements that hold most of the page's text: they are never taken for a sidebar because of a class name. */
  readonly trusted: ReadonlySet<Element>;
}

/** An element that holds this share of the text of the page is the page. */
const MOST = 0.5;

/**
 * Finds the part of a page that is the article: the one element named so that holds most of the text, else the whole body.
 *
 * A page of many short articles (a list of teasers) has none that holds most, and is read whole.
 */
export function mainContent(root: Root): MainContent {
  const weights = weigh(root);
  const total = weights.get(root) ?? 0;
  const trusted = new Set<Element>();
  for (const [node, weight] of weights) if (node.type === "element" && weight > total * MOST) trusted.add(node);
  let best: MarkupNode = root;
  let bestWeight = total;
  for (const element of trusted) {
    const weight = weights.get(element) ?? 0;
    // The innermost wins: an article inside a main element leaves out what the main element has beside it.
    if (isNamedContent(element) && weight <= bestWeight) {
      best = element;
      bestWeight = weight;
    }
  }
  return { node: best, trusted };
}

function isNamedContent(element: Element): boolean {
  return (
    element.tagName === "article" ||
    element.tagName === "main" ||
    attribute(element, "role") === "main" ||
    attribute(element, "itemProp") === "articleBody"
  );
}

/** Characters of text below each element, without what is never read. */
function weigh(root: Root): ReadonlyMap<MarkupNode, number> {
  const weights = new Map<MarkupNode, number>();
  const none: ReadonlySet<Element> = new Set();
  const visit = (node: MarkupNode, counts: boolean): number => {
    if (node.type === "text") return counts ? node.value.trim().length : 0;
    if (node.type !== "element" && node.type !== "root") return 0;
    // What is skipped by its tag has no text; what may be skipped by its name is weighed, for the name may mislead.
    if (node.type === "element" && UNREAD.has(node.tagName)) return 0;
    const inside = counts && !(node.type === "element" && placeOf(node, none) === "comment");
    let weight = 0;
    for (const child of node.children) weight += visit(child, inside);
    weights.set(node, weight);
    return weight;
  };
  visit(root, true);
  return weights;
}

const UNREAD: ReadonlySet<string> = new Set(["head", "script", "style", "noscript", "template", "svg", "nav", "aside", "form", "footer"]);
