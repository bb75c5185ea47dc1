/** A tree that a library made of an input, or in a few words why there is none. */
export type ParsedTree<T> = { readonly kind: "tree"; readonly tree: T } | { readonly kind: "refused"; readonly detail: string };

/** Levels that no document has. Source: Chromium, maximumHTMLParserDOMTreeDepth. */
const DEEPEST = 512;

const TOO_DEEP = "markup nested too deeply";

/**
 * Has a library parse an input, and looks how deep the tree is.
 *
 * A tree of many thousand levels fills the stack, in the library or later, and where it does so is chance; so what is deeper than any
 * document is refused, whoever would have met its end.
 * Errors: none; what a library throws, it throws for its input.
 */
export function parsedTree<Node extends object, T extends Node>(
  parse: () => T,
  childrenOf: (node: Node) => readonly Node[],
): ParsedTree<T> {
  try {
    const tree = parse();
    return isDeep<Node>(tree, childrenOf) ? { kind: "refused", detail: TOO_DEEP } : { kind: "tree", tree };
  } catch (error) {
    return { kind: "refused", detail: thrownWords(error) };
  }
}

/** What a library said when it threw, in a few words. */
export function thrownWords(error: unknown): string {
  // The stack is full.
  if (error instanceof RangeError) return TOO_DEEP;
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS)}...` : line;
}

const LONGEST_WORDS = 120;

/** Level by level, without a stack. */
function isDeep<Node>(root: Node, childrenOf: (node: Node) => readonly Node[]): boolean {
  let level: readonly Node[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((node) => childrenOf(node));
  }
  return false;
}
