/** A text with what is said of it, as it stands on the page of a rule. */
export interface PageCase {
  /** What the case shows, as a sentence. */
  readonly title: string;
  /** The text that is checked, read as Markdown. */
  readonly text: string;
  /** A document that is given beside the text, as with `--against`; null for none. */
  readonly source: string | null;
  /** "2019-06": the date of the text, where prices or releases of that time matter. */
  readonly date: string | null;
  /** What is said of it; empty where nothing is. */
  readonly outcomes: readonly CaseOutcome[];
}

/** One line of what is expected: "= inconsistent money/run-cost warning device-for-chip". */
export interface CaseOutcome {
  readonly verdict: string;
  readonly rule: string;
  /** Further words: severity, strength or the cause that is named; each must be among those of the finding. */
  readonly details: readonly string[];
}

/** A fenced block of the language of cases. */
const CASE_BLOCK = /^```case\n(?<body>[\s\S]*?)^```$/gm;

/** The cases of a page in the order in which they stand. Errors: throws where a line is of no kind. */
export function casesOf(page: string): readonly PageCase[] {
  return [...page.matchAll(CASE_BLOCK)].map((match) => readCase(match.groups?.["body"] ?? ""));
}

/**
 * One case: "# " begins its title, "> " a line of its text, "+ " one of its source, "@ " its date, "= " an outcome or "silent".
 *
 * Errors: throws where a line is of no kind, or where nothing is expected.
 */
export function readCase(body: string): PageCase {
  const lines = body.split("\n").filter((line) => line !== "");
  const after = (mark: string): readonly string[] =>
    lines.filter((line) => line === mark || line.startsWith(`${mark} `)).map((line) => line.slice(2));
  const odd = lines.find((line) => !/^[#>+@=](?: |$)/.test(line));
  if (odd !== undefined) throw new Error(`a line of a case begins with "#", ">", "+", "@" or "=", not "${odd}"`);
  const expected = after("=");
  if (expected.length === 0) throw new Error(`a case ends with "= silent" or what is found, in "${after(">").join(" ")}"`);
  return {
    title: after("#").join(" "),
    text: after(">").join("\n"),
    source: after("+").length === 0 ? null : after("+").join("\n"),
    date: after("@")[0] ?? null,
    outcomes: expected.filter((line) => line !== "silent").map(outcomeOf),
  };
}

function outcomeOf(line: string): CaseOutcome {
  const [verdict = "", rule = "", ...details] = line.split(" ");
  return { verdict, rule, details };
}
