import { perAfter } from "./units-grammar.ts";

/** A count of accelerators where it stands in the text. */
interface Count {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/** More are those of all machines: "4 nodes with 32 GPUs" have 32. */
const MOST_IN_A_NODE = 16;

/** In brackets behind machines, "8x A100" is what each holds; more may be the sum. */
const MOST_IN_BRACKETS = 8;

/** Whether a count of accelerators is told of each machine: "4 nodes with 8 GPUs", "nodes, each with 8x A100", "8 GPUs per node". */
export function isOfEachNode(text: string, { start, end, value }: Count): boolean {
  const before = text.slice(0, start);
  return (
    perAfter(text, end) === "node" ||
    EACH_AFTER.test(text.slice(end)) ||
    EACH_WITH.test(before) ||
    TIMES_NODES.test(before) ||
    (value <= MOST_IN_A_NODE && (OF_EACH.test(before) || NODES_WITH.test(before)))
  );
}

/** "4 nodes (8x A100)": told as so many times a product, it is what each holds. */
export function isBracketedNode(text: string, { start, value }: Count): boolean {
  return value <= MOST_IN_BRACKETS && /\b(?:nodes|machines|servers|instances|hosts|VMs)\s?\($/i.test(text.slice(0, start));
}

/** Matches " each", "per node"; not " eachone". */
const EACH_AFTER = /^\s?(?:each|per node)\b/;

/** Matches "nodes, each with ", "workers each of "; not "nodes with ". */
const EACH_WITH = /\b(?:nodes|machines|servers|instances|hosts|workers|VMs),?\seach\s(?:with|of|having|containing|equipped with)\s$/i;

/** Matches "16 nodes x ", "4 servers × "; not "nodes, ". */
const TIMES_NODES = /\b(?:nodes|machines|servers|instances|hosts|VMs)\s?[x×*]\s?$/i;

/** Matches "each node holds ", "per machine "; not "each. ". */
const OF_EACH = /\b(?:each|every|per) (?:node|machine|server)\b(?:[^.]|i\.e\.|\.(?=\d)){0,30}$/i;

/** Matches "nodes with ", "machines of "; not "node with ". */
const NODES_WITH = /\b(?:nodes|machines|servers),?\s(?:with|of|having|containing|equipped with)\s$/i;
