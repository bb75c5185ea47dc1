import { barX, dot, line, type Markish, type PlotOptions, plot, scale, text } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { ChartData, ComparedFigure, DatedFigures, JudgedClaims } from "./chart-data.ts";
import { type Label, placedLabels } from "./chart-labels.ts";
import { counted, escapeHtml } from "./html-text.ts";
import { isFlagged } from "./report-subject.ts";

/**
 * The charts of the report page, as SVG whose words can be read and found.
 *
 * Nothing is measured in a browser, so the same data give the same bytes.
 * Colors are variables of the page, which has a light and a dark form of each.
 */
export function htmlCharts(data: ChartData): string {
  return `<div id="charts">\n${[comparedChart(data), verdictChart(data), ...chartsOverTime(data)].join("\n")}\n</div>`;
}

const [WIDTH, HEIGHT] = [620, 420];
const MARGIN = { left: 64, right: 20, top: 28, bottom: 44 };
/** Pixels; dots that are closer hide each other, and one of them is drawn. */
const DOT_GRID = 2;
/** More cannot be told apart. */
const MOST_LABELS = 14;

const VERDICTS = ["consistent", "untested", "depends", "inconsistent", "impossible", "malformed", "unverifiable"] as const;
const COLORS = { type: "ordinal", domain: VERDICTS, range: VERDICTS.map((verdict) => `var(--${verdict})`) } as const;
/** The verdicts differ without color, too. */
const SYMBOLS = { domain: VERDICTS, range: ["circle", "asterisk", "diamond", "times", "triangle", "square", "plus"] } as const;
const SIGNS = {
  consistent: "○",
  untested: "✱",
  depends: "◇",
  inconsistent: "×",
  impossible: "△",
  malformed: "□",
  unverifiable: "+",
} as const;

/** Words and drawing of a chart. */
interface Chart {
  readonly id: string;
  readonly title: string;
  /** What the chart shows, for those who do not see it, too. */
  readonly words: string;
  readonly verdicts?: readonly (typeof VERDICTS)[number][];
  readonly options: PlotOptions | null;
}

function comparedChart({ compared }: ChartData): string {
  const [id, title] = ["compared", "Stated against recomputed"];
  const { figures, claims, flagged } = compared;
  if (figures.length === 0) return figure({ id, title, words: "No claim could be worked out again.", options: null });
  const powers = figures.flatMap(({ stated, recomputed }) => [Math.log10(stated), Math.log10(recomputed)]);
  const domain = [10 ** Math.floor(leastOf(powers) - 0.1), 10 ** Math.ceil(mostOf(powers) + 0.1)];
  const axis = { type: "log", domain, grid: true, ticks: 8, tickFormat: tickWords } as const;
  const place = placer({ type: "log", domain }, { type: "log", domain });
  const dots = apart(
    figures.map((each) => ({ ...each, ...place(each.recomputed, each.stated) })),
    ({ verdict }) => verdict,
  );
  const [flaggedDots, others] = [true, false].map((flag) => dots.filter((each) => isFlagged(each) === flag));
  // Those furthest off first.
  const named = (flaggedDots ?? []).toSorted(
    (left, right) => Math.abs(Math.log(right.stated / right.recomputed)) - Math.abs(Math.log(left.stated / left.recomputed)),
  );
  const count = `${countedNoun(claims, "claim")} that could be worked out again, each in its own unit. On the line, page and arithmetic agree.`;
  return figure({
    ...{ id, title, verdicts: figures.map(({ verdict }) => verdict) },
    words: `${count} ${flagged === 0 ? "None is flagged." : `${counted(flagged)} flagged; the furthest off are named.`}`,
    options: {
      x: { ...axis, label: "recomputed →" },
      y: { ...axis, label: "↑ stated" },
      color: COLORS,
      symbol: SYMBOLS,
      marks: [
        line(domain, { x: (end) => end, y: (end) => end, stroke: "currentColor", strokeOpacity: 0.5 }),
        dot(others ?? [], { x: "recomputed", y: "stated", stroke: "verdict", symbol: "verdict", r: 3.5, strokeWidth: 1.5 }),
        // Over the others, with a name for the pointer.
        dot(flaggedDots ?? [], {
          x: "recomputed",
          y: "stated",
          stroke: "verdict",
          symbol: "verdict",
          r: 5,
          strokeWidth: 2,
          title: dotWords,
        }),
        ...labelMarks(placedLabels(named, { ...LABEL_FRAME })),
      ],
    },
  });
}

function dotWords({ name, verdict, stated, recomputed }: ComparedFigure): string {
  return `${name}: ${verdict}, stated ${shortNumber(stated)}, works out to ${shortNumber(recomputed)}`;
}

function shortNumber(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString("en-US", { maximumSignificantDigits: 4 });
}

function verdictChart({ judged }: ChartData): string {
  const [id, title] = ["verdicts", "Verdicts by kind"];
  if (judged.length === 0) return figure({ id, title, words: "No claim was judged.", options: null });
  const kinds = [...Map.groupBy(judged, ({ kind }) => kind)]
    .map(([kind, parts]) => ({ kind, parts, claims: claimsOf(parts) }))
    .toSorted((left, right) => right.claims - left.claims || (left.kind < right.kind ? -1 : 1));
  const bars = kinds.flatMap(({ parts, claims }) =>
    VERDICTS.flatMap((verdict) => parts.filter((part) => part.verdict === verdict)).map((part) => ({
      ...part,
      share: part.claims / claims,
    })),
  );
  const flagged = counted(claimsOf(judged.filter(isFlagged)));
  return figure({
    ...{ id, title, verdicts: judged.map(({ verdict }) => verdict) },
    words: `${countedNoun(claimsOf(judged), "claim")} by kind, ${flagged} of them flagged; the number of each kind stands at its bar.`,
    options: {
      ...{ height: MARGIN.top + MARGIN.bottom + 22 * kinds.length, marginLeft: 130, marginRight: 50 },
      x: { label: "percent of the claims →", percent: true, domain: [0, 100], ticks: 5 },
      y: { label: null, domain: kinds.map(({ kind }) => kind) },
      color: COLORS,
      marks: [
        barX(bars, { y: "kind", x: "share", fill: "verdict", insetTop: 2, insetBottom: 2 }),
        text(kinds, {
          y: "kind",
          x: () => 1,
          text: ({ claims }) => counted(claims),
          textAnchor: "start",
          dx: 6,
          fill: "currentColor",
        }),
      ],
    },
  });
}

function claimsOf(parts: readonly JudgedClaims[]): number {
  return parts.reduce((sum, { claims }) => sum + claims, 0);
}

function chartsOverTime({ utilization, prices }: ChartData): readonly string[] {
  const highest = (figures: DatedFigures): number => mostOf(figures.figures.map(({ value }) => value));
  return [
    overTime({ id: "utilization", title: "Utilization over time", noun: "utilization" }, utilization, {
      label: "↑ percent of peak",
      domain: [0, Math.max(100, highest(utilization))],
    }),
    overTime({ id: "prices", title: "Price per accelerator-hour over time", noun: "price" }, prices, {
      ...{ label: "↑ USD per accelerator-hour", domain: [0, highest(prices) * 1.1] },
    }),
  ];
}

function overTime(
  chart: { readonly id: string; readonly title: string; readonly noun: string },
  { figures, stated, documents, undated }: DatedFigures,
  y: { readonly label: string; readonly domain: readonly number[] },
): string {
  const { id, title, noun } = chart;
  const left = undated === 0 ? "" : ` ${countedNoun(undated, noun)} in documents without a date left out.`;
  if (figures.length === 0) return figure({ id, title, words: `No ${noun} is stated in a document with a date.${left}`, options: null });
  const days = figures.map((each) => ({ ...each, day: new Date(each.date) }));
  const years = days.map(({ day }) => day.getUTCFullYear());
  const domain = [new Date(Date.UTC(leastOf(years), 0, 1)), new Date(Date.UTC(mostOf(years) + 1, 0, 1))];
  const place = placer({ type: "utc", domain }, { domain: y.domain });
  const dots = apart(
    days.map((each) => ({ ...each, ...place(each.day, each.value) })),
    () => "",
  );
  // Those that stand out are named, each run once.
  const middle = figures.map(({ value }) => value).toSorted((one, other) => one - other)[figures.length >> 1] ?? 0;
  const apartFirst = dots.toSorted((one, other) => Math.abs(other.value - middle) - Math.abs(one.value - middle));
  const named = [...Map.groupBy(apartFirst, ({ source, name }) => `${source} ${name}`).values()].flatMap(([first]) => first ?? []);
  return figure({
    ...{ id, title, words: `${countedNoun(stated, noun)} of ${countedNoun(documents, "document")}, by the date of the document.${left}` },
    options: {
      x: { type: "utc", domain, label: "date of the document →", grid: true, ticks: 6 },
      y: { ...y, grid: true },
      marks: [
        dot(dots, { x: "day", y: "value", r: 3.5, stroke: "var(--mark)", fill: "var(--mark)", fillOpacity: 0.3 }),
        ...labelMarks(placedLabels(named, { ...LABEL_FRAME })),
      ],
    },
  });
}

const LABEL_FRAME = { left: MARGIN.left, right: WIDTH, most: MOST_LABELS };

/** Where a pair of values stands in the chart, in pixels. */
function placer(x: ScaleOf, y: ScaleOf): (across: number | Date, up: number) => { readonly x: number; readonly y: number } {
  const wide = scale({ x: { ...x, range: [MARGIN.left, WIDTH - MARGIN.right] } });
  const high = scale({ y: { ...y, range: [HEIGHT - MARGIN.bottom, MARGIN.top] } });
  return (across, up) => ({ x: wide.apply(across), y: high.apply(up) });
}

interface ScaleOf {
  readonly type?: "log" | "utc";
  readonly domain: readonly (number | Date)[];
}

/** Places are in pixels, with a rim in the color of the page, so that names can be read over dots and lines. */
function labelMarks(labels: readonly Label[]): readonly Markish[] {
  return (["start", "end"] as const).map((textAnchor) =>
    text(
      labels.filter(({ anchor }) => anchor === textAnchor),
      {
        ...{ text: "text", textAnchor, dx: textAnchor === "start" ? 7 : -7 },
        ...{ x: { value: "x", scale: null }, y: { value: "y", scale: null } },
        ...{ fill: "currentColor", stroke: "var(--page)", strokeWidth: 3 },
      },
    ),
  );
}

/** Of dots that hide each other, the first of each `group`. */
function apart<T extends { readonly x: number; readonly y: number }>(dots: readonly T[], group: (dot: T) => string): readonly T[] {
  const seen = new Set<string>();
  return dots.filter((each) => {
    const cell = `${group(each)} ${Math.round(each.x / DOT_GRID)} ${Math.round(each.y / DOT_GRID)}`;
    return seen.size < seen.add(cell).size;
  });
}

/** The chart with its title and words; of one without data, the words alone. */
function figure({ id, title, words, verdicts, options }: Chart): string {
  const caption = `<figcaption><b>${escapeHtml(title)}.</b> ${escapeHtml(words)}${legend(verdicts ?? [])}</figcaption>`;
  const svg = options === null ? "" : drawn(id, title, words, options);
  return `<figure id="chart-${id}">${svg}${caption}</figure>`;
}

function drawn(id: string, title: string, words: string, options: PlotOptions): string {
  // A document for each chart, so that one leaves nothing to the next.
  const { document } = parseHTML("<!doctype html><html></html>");
  const margins = { marginLeft: MARGIN.left, marginRight: MARGIN.right, marginTop: MARGIN.top, marginBottom: MARGIN.bottom };
  const svg = plot({ width: WIDTH, height: HEIGHT, ...margins, ...options, document });
  // The page has one style for all of them.
  for (const style of svg.querySelectorAll("style")) style.remove();
  // The chart is one picture; its parts have no names of their own.
  for (const mark of svg.querySelectorAll("[aria-label]")) mark.removeAttribute("aria-label");
  const names = `<title id="${id}-title">${escapeHtml(title)}</title><desc id="${id}-words">${escapeHtml(words)}</desc>`;
  const marks = svg.innerHTML.replaceAll(LONG_DECIMALS, "$1");
  const attributes = 'text-anchor="middle" font-size="11" fill="currentColor" role="img"';
  return `<svg viewBox="${svg.getAttribute("viewBox")}" ${attributes} aria-labelledby="${id}-title" aria-describedby="${id}-words">${names}${marks}</svg>`;
}

/** "133.33333333333331" has more decimals than a screen can show; "133.3" has not. */
const LONG_DECIMALS = /(\d\.\d\d)\d+/g;

/** The verdicts that are there, in their order, with sign and color. */
function legend(verdicts: readonly (typeof VERDICTS)[number][]): string {
  const there = new Set(verdicts);
  const items = VERDICTS.filter((verdict) => there.has(verdict)).map(
    (verdict) => `<span style="color: var(--${verdict})"><i aria-hidden="true">${SIGNS[verdict]}</i> ${verdict}</span>`,
  );
  return items.length === 0 ? "" : `<span class="legend">${items.join("")}</span>`;
}

/** "400K", "1M"; beyond a quadrillion "1e24" is shorter. */
function tickWords(value: number): string {
  if (value >= 1e15) return value.toExponential(0).replace("e+", "e");
  return value.toLocaleString("en-US", { notation: "compact", maximumSignificantDigits: 2 });
}

function countedNoun(number: number, noun: string): string {
  return `${counted(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** Over a list of any length, which the arguments of Math.min are not. */
function leastOf(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function mostOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}
