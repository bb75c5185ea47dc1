import type { PhrasingContent, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { type PageCase, readCase } from "./page-cases.ts";
import { columns, labelled, type Paint, paint, wrapped } from "./terminal-layout.ts";

/** A page in Markdown as a terminal can show it: headings strong, text wrapped, tables in columns, code as it stands. */
export function markdownPage(markdown: string, terminal: { readonly color: boolean; readonly width: number }): string {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const page: Page = { paint: paint(terminal.color), width: Math.min(terminal.width, WIDEST) };
  return `${tree.children
    .map((node) => block(page, node, ""))
    .filter((text) => text !== "")
    .join("\n\n")}\n`;
}

const WIDEST = 100;

interface Page {
  readonly paint: Paint;
  readonly width: number;
}

function block(page: Page, node: RootContent, indent: string): string {
  switch (node.type) {
    case "heading":
      return wrapped(page.paint.strong(inlineText(page, node.children)), page.width, indent);
    case "paragraph":
      return wrapped(inlineText(page, node.children), page.width, indent);
    case "list":
      return node.children
        .map((item, index) => {
          const mark = node.ordered === true ? `${(node.start ?? 1) + index}. ` : "- ";
          const [first, ...rest] = item.children.map((child) => block(page, child, ""));
          const head = labelled(mark, first ?? "", page.width, indent);
          return [head, ...rest.map((text) => wrapped(text, page.width, `${indent}  `))].join("\n");
        })
        .join("\n");
    case "code":
      if (node.lang === "case") return caseText(page, readCase(node.value), indent);
      return node.value
        .split("\n")
        .map((line) => `${indent}    ${page.paint.quiet(line)}`)
        .join("\n");
    case "blockquote":
      return node.children.map((child) => block(page, child, `${indent}| `)).join(`\n${indent}|\n`);
    case "table":
      return columns(
        node.children.map((row, index) =>
          row.children.map((cell) => (index === 0 ? page.paint.strong(inlineText(page, cell.children)) : inlineText(page, cell.children))),
        ),
        page.width,
        indent,
      );
    case "thematicBreak":
      return indent + page.paint.quiet("-".repeat(Math.min(20, page.width)));
    default:
      return "";
  }
}

/** A case as a reader wants it: what it shows, the text, and what is said of it. */
function caseText(page: Page, { title, text, source, date, outcomes }: PageCase, indent: string): string {
  const quote = (lines: string, mark: string): readonly string[] =>
    lines.split("\n").map((line) => labelled(page.paint.quiet(mark), line, page.width, `${indent}  `).trimEnd());
  const verdicts = outcomes.map(({ verdict, rule, details }) => {
    const words = [rule, ...details].join(", ");
    return labelled("-> ", `${verdictPaint(page.paint, verdict)(verdict)} ${page.paint.quiet(`(${words})`)}`, page.width, `${indent}  `);
  });
  return [
    ...(title === "" ? [] : [wrapped(title, page.width, indent)]),
    ...quote(text, "| "),
    ...(source === null ? [] : ["", ...quote(source, "source | ")]),
    ...(date === null ? [] : [`${indent}  ${page.paint.quiet(`dated ${date}`)}`]),
    ...(verdicts.length > 0 ? verdicts : [`${indent}  -> ${page.paint.quiet("nothing is said")}`]),
  ].join("\n");
}

function verdictPaint(brush: Paint, verdict: string): (text: string) => string {
  if (verdict === "consistent") return brush.good;
  return verdict === "unverifiable" ? brush.note : brush.warning;
}

function inlineText(page: Page, nodes: readonly PhrasingContent[]): string {
  return nodes.map((node) => inline(page, node)).join("");
}

function inline(page: Page, node: PhrasingContent): string {
  switch (node.type) {
    case "text":
      return node.value.replaceAll("\n", " ");
    case "strong":
      return page.paint.strong(inlineText(page, node.children));
    case "inlineCode":
      return page.paint.note(node.value);
    case "break":
      return "\n";
    case "link": {
      const text = inlineText(page, node.children);
      return text === node.url ? text : `${text} ${page.paint.quiet(`<${node.url}>`)}`;
    }
    default:
      return "children" in node ? inlineText(page, node.children) : "";
  }
}
