import { GlobalWorkerOptions, getDocument, type PDFDocumentLoadingTask, RenderingCancelledException, TextLayer } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { WireMention } from "../src/report/wire.ts";
import type { PartPlaces } from "./api.ts";
import { type ClaimMark, STANDING_WORDS, type Standing } from "./claim-marks.ts";
import { nameOf } from "./figure-words.ts";
import { scrollInPane } from "./in-pane.ts";
import type { FoundPlaces } from "./use-find.ts";

GlobalWorkerOptions.workerSrc = workerUrl;

/** Files that stay open, the last used last. */
const MOST_OPEN = 4;
const open = new Map<string, PDFDocumentLoadingTask>();

function fileOf(url: string): PDFDocumentLoadingTask {
  const task = open.get(url) ?? getDocument({ url, isEvalSupported: false, disableRange: true, disableStream: true });
  open.delete(url);
  open.set(url, task);
  const [oldest] = open;
  if (open.size > MOST_OPEN && oldest !== undefined) {
    open.delete(oldest[0]);
    void oldest[1].destroy();
  }
  return task;
}

/** More dots than any screen shows at once; a browser that is asked for more draws nothing. */
const MOST_DOTS = 16_000_000;
/** US letter, until the page is there. */
const USUAL_SIZE = { width: 612, height: 792 };

interface Props {
  readonly url: string;
  readonly part: PartPlaces | null;
  /** The claim, then what it rests on. */
  readonly marked: readonly WireMention[];
  readonly claim: string;
  /** The figure to be seen. */
  readonly target: string;
  /** 1-based: where the figure stands. */
  readonly page: number;
  readonly pages: number;
  readonly zoom: number;
  readonly show: (mention: string) => void;
  /** All claims of the document; those that are open are among `marked`. */
  readonly claims: readonly ClaimMark[];
  readonly openClaim: (fingerprint: string) => void;
  /** The bar over the pages, which tells the one in view. */
  readonly bar: (turning: ComponentChildren) => VNode;
  readonly found: FoundPlaces;
}

/** All pages of a PDF one under the other, with claims and what the open one rests on marked, scrolled to the figure that is wanted. Only those near what is in view are drawn. */
export function PdfPages(props: Props): VNode {
  const { url, part, marked, claim, target, page, pages, zoom, show, claims, openClaim, bar, found } = props;
  const sheet = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState(USUAL_SIZE);
  const { near, seen } = usePagesInView(sheet, page, pages);
  const isPlaced = part !== null;
  const sizeOf = (number: number): Size => part?.pages[number - 1] ?? drawn;
  const foundPage = found.places[found.at]?.boxes[0]?.page ?? null;
  // Before the page is painted, so that a key that is pressed then turns from the page that is seen.
  useLayoutEffect(() => {
    const place = document.querySelector(`[data-mention="${target}"]`);
    if (place !== null) scrollInPane(place, { block: "center", inline: "center" });
    else turnTo(page);
  }, [target, page, isPlaced, drawn, zoom]);
  useLayoutEffect(() => {
    scrollInPane(document.querySelector(".found.current"), { block: "center", inline: "center" });
  }, [found]);
  const byPage = useMemo(() => boxesByPage(part, marked, claims), [part, marked, claims]);
  return (
    <div
      class="sheet"
      ref={sheet}
      data-part={part === null ? undefined : url}
      style={{ width: `${100 * zoom}%`, maxWidth: `${820 * zoom}px` }}
    >
      {bar(
        <>
          <span class="turn">
            <button type="button" id="page-before" disabled={seen <= 1} onClick={() => turnTo(seen - 1)} aria-label="previous page">
              ‹
            </button>
            <span role="status">
              page {seen} of {pages}
            </span>
            <button type="button" id="page-after" disabled={seen >= pages} onClick={() => turnTo(seen + 1)} aria-label="next page">
              ›
            </button>
            {seen === page ? null : (
              <button type="button" onClick={() => turnTo(page)}>
                back to the figure
              </button>
            )}
          </span>
          {isPlaced ? null : <span role="status">finding the figures …</span>}
        </>,
      )}
      {Array.from({ length: pages }, (_, index) => index + 1).map((number) => {
        const size = sizeOf(number);
        const boxes = byPage.get(number) ?? [];
        return (
          <div key={number} class="page" data-page={number} style={{ aspectRatio: `${size.width} / ${size.height}` }}>
            {near.has(number) || number === page || number === foundPage ? (
              <>
                <DrawnPage
                  {...{ url, number }}
                  label={pageLabel(`page ${number} of ${nameOf(part?.source ?? "the document")}`, boxes, claim)}
                  measured={(size) => (isPlaced || size.width === drawn.width ? undefined : setDrawn(size))}
                />
                {boxes.map(({ mention, box, standing, fingerprint }) => (
                  <button
                    type="button"
                    key={`${mention.id} ${box.top} ${box.left}`}
                    class={boxClass(mention.id, claim, target, fingerprint === null, standing)}
                    data-mention={mention.id}
                    aria-label={`${boxWords(mention.id, claim, fingerprint === null, standing)}: ${mention.text}`}
                    aria-current={mention.id === target}
                    onClick={() => (fingerprint === null ? show(mention.id) : openClaim(fingerprint))}
                    style={placed(box, size)}
                  />
                ))}
                {found.places.flatMap(({ start, boxes: places }, at) =>
                  places
                    .filter((box) => box.page === number)
                    .map((box) => (
                      <span key={`${start} ${box.top}`} class={at === found.at ? "found current" : "found"} style={placed(box, size)} />
                    )),
                )}
              </>
            ) : null}
          </div>
        );
      })}
    </div>
  );
}

type Size = PartPlaces["pages"][number];

function turnTo(page: number): void {
  scrollInPane(document.querySelector(`.page[data-page="${page}"]`), { block: "start" });
}

function placed({ left, top, right, bottom }: Omit<Box, "page">, { width, height }: Size) {
  return {
    left: `${(100 * left) / width}%`,
    top: `${(100 * top) / height}%`,
    width: `${(100 * (right - left)) / width}%`,
    height: `${(100 * (bottom - top)) / height}%`,
  };
}

function boxClass(id: string, claim: string, target: string, isOpen: boolean, standing: Standing | null): string {
  const names = ["box", isOpen ? (id === claim ? "claim" : "premise") : "", id === target ? "target" : "", standing ?? ""];
  return names.filter((name) => name !== "").join(" ");
}

function boxWords(id: string, claim: string, isOpen: boolean, standing: Standing | null): string {
  if (isOpen) return id === claim ? "the claim" : "a figure it rests on";
  return `a claim that ${standing === null ? "is marked" : STANDING_WORDS[standing]}`;
}

interface PlacedBox {
  readonly mention: WireMention;
  readonly box: Box;
  /** Null for a figure that is no claim. */
  readonly standing: Standing | null;
  /** Of the claim that a click opens; null for what is open. */
  readonly fingerprint: string | null;
}

/** The boxes of each page: what is open, then all other claims. */
function boxesByPage(
  part: PartPlaces | null,
  marked: readonly WireMention[],
  claims: readonly ClaimMark[],
): ReadonlyMap<number, readonly PlacedBox[]> {
  const shown = new Set(marked.map(({ id }) => id));
  const standings = new Map(claims.map(({ mention, standing }) => [mention.id, standing]));
  const all = [
    ...marked.map((mention) => ({ mention, standing: standings.get(mention.id) ?? null, fingerprint: null })),
    ...claims.filter(({ mention }) => !shown.has(mention.id)),
  ];
  const boxes = all.flatMap((each) => (part?.boxes[each.mention.id] ?? []).map((box) => ({ ...each, box })));
  return Map.groupBy(boxes, ({ box }) => box.page);
}

/** The pages near what is in view, which are drawn, and the one in the middle of it. */
function usePagesInView(sheet: { readonly current: HTMLElement | null }, page: number, pages: number) {
  const [near, setNear] = useState<ReadonlySet<number>>(new Set([page]));
  const [seen, setSeen] = useState(page);
  useEffect(() => {
    const pane = sheet.current?.closest("main") ?? null;
    const numberOf = ({ target }: IntersectionObserverEntry): number => Number(target instanceof HTMLElement ? target.dataset["page"] : 0);
    const drawing = new IntersectionObserver(
      (entries) =>
        setNear((before) => {
          const now = new Set(before);
          for (const entry of entries) now[entry.isIntersecting ? "add" : "delete"](numberOf(entry));
          return now;
        }),
      { root: pane, rootMargin: "100% 0px" },
    );
    const middle = new IntersectionObserver(
      (entries) => {
        const [first] = entries.filter(({ isIntersecting }) => isIntersecting);
        if (first !== undefined) setSeen(numberOf(first));
      },
      { root: pane, rootMargin: "-50% 0px" },
    );
    for (const each of sheet.current?.querySelectorAll(".page") ?? []) {
      drawing.observe(each);
      middle.observe(each);
    }
    return () => {
      drawing.disconnect();
      middle.disconnect();
    };
  }, [sheet, pages]);
  return { near, seen };
}

/** One page as a picture, with its words over it. */
function DrawnPage(props: {
  readonly url: string;
  readonly number: number;
  readonly label: string;
  readonly measured: (size: Size) => void;
}): VNode {
  const { canvas, words, fault } = useDrawing(props.url, props.number, props.measured);
  return (
    <>
      {fault === "" ? null : <p role="alert">{fault}</p>}
      <canvas ref={canvas} role="img" aria-label={props.label} />
      <div class="words" ref={words} />
    </>
  );
}

type Box = PartPlaces["boxes"][string][number];

/** What a picture of a page says to those who do not see it: the sentences that matter on it. */
function pageLabel(page: string, boxes: readonly PlacedBox[], claim: string): string {
  const open = boxes.flatMap(({ mention, fingerprint }) => (fingerprint === null ? [mention] : []));
  const quotes = [...new Set(open.map(({ id, quote, text }) => `${id === claim ? "claim" : "figure"} “${text}” in “${quote}”`))];
  return [page, ...quotes].join("; ");
}

/** Draws a page with the dots of the screen, anew when its size on the screen changes. */
function useDrawing(url: string, page: number, measured: (size: Size) => void) {
  const canvas = useRef<HTMLCanvasElement>(null);
  /** The text of the page over its picture, to be selected and copied. */
  const words = useRef<HTMLDivElement>(null);
  const [fault, setFault] = useState("");
  /** In dots of the screen. */
  const [dots, setDots] = useState(0);
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setDots(Math.round((entry?.contentRect.width ?? 0) * devicePixelRatio)));
    observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (dots === 0) return undefined;
    let stop = (): void => undefined;
    let isCurrent = true;
    const draw = async (): Promise<void> => {
      const found = await (await fileOf(url).promise).getPage(page);
      if (!isCurrent || canvas.current === null) return;
      const { width, height } = found.getViewport({ scale: 1 });
      const viewport = found.getViewport({ scale: Math.min(dots / width, Math.sqrt(MOST_DOTS / (width * height))) });
      measured({ width, height });
      canvas.current.width = Math.round(viewport.width);
      canvas.current.height = Math.round(viewport.height);
      const task = found.render({ canvas: canvas.current, viewport });
      stop = () => task.cancel();
      await task.promise;
      if (!isCurrent || words.current === null) return;
      const shown = found.getViewport({ scale: dots / devicePixelRatio / width });
      words.current.replaceChildren();
      words.current.style.setProperty("--total-scale-factor", String(shown.scale));
      const layer = new TextLayer({ textContentSource: found.streamTextContent(), container: words.current, viewport: shown });
      stop = () => layer.cancel();
      await layer.render();
    };
    setFault("");
    draw().catch((error: Error) => {
      if (isCurrent && !(error instanceof RenderingCancelledException)) setFault(`This page cannot be drawn: ${error.message}`);
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [url, page, dots]);
  return { canvas, words, fault };
}
