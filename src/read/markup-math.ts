import type { Element } from "hast";
import { fractionOf } from "./fraction.ts";
import { attribute, type MarkupNode, plainText } from "./markup-tree.ts";
import { raise } from "./superscript.ts";
import { readableTex } from "./tex-math.ts";

/** A formula of MathML as a reader would type it: from its TeX source where the page carries it, else from its layout. */
export function readableMathml(math: Element): string {
  const source = attribute(math, "alttext") ?? annotation(math);
  return (source === null ? layout(math) : readableTex(stripStyle(source))).trim();
}

/** A wrapper that Wikipedia puts around every formula: "{\displaystyle x}"; not "\displaystyle" in a longer one. */
const STYLE_WRAPPER = /^\{\\(?:displaystyle|textstyle)\s?([\s\S]*)\}$/;

function stripStyle(tex: string): string {
  return tex.trim().replace(STYLE_WRAPPER, "$1");
}

function annotation(node: MarkupNode): string | null {
  if (node.type !== "element") return null;
  if (node.tagName === "annotation" && /tex/i.test(attribute(node, "encoding") ?? "")) return plainText(node);
  for (const child of node.children) {
    const found = annotation(child);
    if (found !== null) return found;
  }
  return null;
}

function layout(node: MarkupNode): string {
  if (node.type === "text") return node.value.trim();
  if (node.type !== "element") return "";
  const parts = node.children.filter((child) => child.type === "element" || plainText(child).trim() !== "").map(layout);
  switch (node.tagName) {
    case "msup":
      return `${parts[0] ?? ""}${raise(parts[1] ?? "") ?? `^(${parts[1] ?? ""})`}`;
    case "mfrac":
      return fractionOf(parts[0] ?? "", parts[1] ?? "");
    case "msqrt":
      return `√${parts.join("")}`;
    case "mspace":
      return " ";
    case "annotation":
    case "annotation-xml":
      return "";
    default:
      return parts.join("");
  }
}
