import { GlobalWorkerOptions, getDocument, type PDFDocumentLoadingTask, RenderingCancelledException, TextLayer } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { WireMention } from "../src/report/wire.ts";
import type { PartPlaces } from "./api.ts";
import { type ClaimMark, STANDING_WORDS } from "./claim-marks.ts";
import { nameOf } from "./figure-words.ts";

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
  /** Which document it is. */
  readonly tabs: ComponentChildren;
  readonly part: PartPlaces | null;
  /** The claim, then what it rests on. */
  readonly marked: readonly WireMention[];
  readonly claim: string;
  /** The figure to be seen. */
  readonly target: string;
  /** 1-based. */
  readonly page: number;
  readonly pages: number;
  readonly zoom: number;
  readonly show: (mention: string) => void;
  /** All claims of the document; those that are open are among `marked`. */
  readonly claims: readonly ClaimMark[];
  readonly openClaim: (fingerprint: string) => void;
}

/** One page of a PDF with the claim and what it rests on marked, scrolled to the figure that is wanted. */
export function PdfPage(props: Props): VNode {
  const { url, tabs, part, marked, claim, target, page, pages, zoom, show, claims, openClaim } = props;
  const sheet = useRef<HTMLDivElement>(null);
  const [turned, setTurned] = useState(page);
  // Before the page is painted, so that a key that is pressed then turns from the page that is seen.
  useLayoutEffect(() => setTurned(page), [page, target]);
  const { canvas, words, fault, drawn } = useDrawing(url, turned, sheet);
  const size = part?.pages[turned - 1] ?? drawn;
  const isPlaced = part !== null;
  useEffect(() => {
    document.querySelector(`[data-mention="${target}"]`)?.scrollIntoView({ block: "center", inline: "center" });
  }, [target, isPlaced, turned, size.height, zoom]);
  const boxesOf = (id: string): readonly Box[] => (part?.boxes[id] ?? []).filter((box) => box.page === turned);
  const here = marked.filter(({ id }) => boxesOf(id).length > 0);
  const shown = new Set(marked.map(({ id }) => id));
  const others = claims.filter(({ mention }) => !shown.has(mention.id));
  const standings = new Map(claims.map(({ mention, standing }) => [mention.id, standing]));
  const place = (box: Box) => ({
    left: `${(100 * box.left) / size.width}%`,
    top: `${(100 * box.top) / size.height}%`,
    width: `${(100 * (box.right - box.left)) / size.width}%`,
    height: `${(100 * (box.bottom - box.top)) / size.height}%`,
  });
  return (
    <div class="sheet" style={{ width: `${100 * zoom}%`, maxWidth: `${820 * zoom}px` }}>
      <div class="bar">
        {tabs}
        <span class="turn">
          <button type="button" id="page-before" disabled={turned <= 1} onClick={() => setTurned(turned - 1)} aria-label="previous page">
            ‹
          </button>
          <span role="status">
            page {turned} of {pages}
          </span>
          <button type="button" id="page-after" disabled={turned >= pages} onClick={() => setTurned(turned + 1)} aria-label="next page">
            ›
          </button>
          {turned === page ? null : (
            <button type="button" onClick={() => setTurned(page)}>
              back to the figure
            </button>
          )}
        </span>
        {isPlaced ? null : <span role="status">finding the figures …</span>}
      </div>
      {fault === "" ? null : <p role="alert">{fault}</p>}
      <div class="page" ref={sheet} style={{ aspectRatio: `${size.width} / ${size.height}` }}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={pageLabel(`page ${turned} of ${nameOf(part?.source ?? "the document")}`, here, claim)}
        />
        <div class="words" ref={words} />
        {here.flatMap(({ id, text }) =>
          boxesOf(id).map((box) => (
            <button
              type="button"
              key={`${id} ${box.top} ${box.left}`}
              class={["box", id === claim ? "claim" : "premise", id === target ? "target" : "", standings.get(id) ?? ""].join(" ").trim()}
              data-mention={id}
              aria-label={`${id === claim ? "the claim" : "a figure it rests on"}: ${text}`}
              aria-current={id === target}
              onClick={() => show(id)}
              style={place(box)}
            />
          )),
        )}
        {others.flatMap(({ mention: { id, text }, standing, fingerprint }) =>
          boxesOf(id).map((box) => (
            <button
              type="button"
              key={`${id} ${box.top} ${box.left}`}
              class={`box ${standing}`}
              data-mention={id}
              aria-label={`a claim that ${STANDING_WORDS[standing]}: ${text}`}
              onClick={() => openClaim(fingerprint)}
              style={place(box)}
            />
          )),
        )}
      </div>
    </div>
  );
}

type Box = PartPlaces["boxes"][string][number];

/** What a picture of a page says to those who do not see it: the sentences that matter on it. */
function pageLabel(page: string, here: readonly WireMention[], claim: string): string {
  const quotes = [...new Set(here.map(({ id, quote, text }) => `${id === claim ? "claim" : "figure"} “${text}” in “${quote}”`))];
  return [page, ...quotes].join("; ");
}

/** Draws a page with the dots of the screen, anew when its size on the screen changes. */
function useDrawing(url: string, page: number, sheet: { readonly current: HTMLElement | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  /** The text of the page over its picture, to be selected, copied and found. */
  const words = useRef<HTMLDivElement>(null);
  const [fault, setFault] = useState("");
  const [drawn, setDrawn] = useState(USUAL_SIZE);
  /** In dots of the screen. */
  const [dots, setDots] = useState(0);
  useEffect(() => {
    if (sheet.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setDots(Math.round((entry?.contentRect.width ?? 0) * devicePixelRatio)));
    observer.observe(sheet.current);
    return () => observer.disconnect();
  }, [sheet]);
  useEffect(() => {
    if (dots === 0) return undefined;
    let stop = (): void => undefined;
    let isCurrent = true;
    const draw = async (): Promise<void> => {
      const found = await (await fileOf(url).promise).getPage(page);
      if (!isCurrent || canvas.current === null) return;
      const { width, height } = found.getViewport({ scale: 1 });
      const viewport = found.getViewport({ scale: Math.min(dots / width, Math.sqrt(MOST_DOTS / (width * height))) });
      setDrawn({ width, height });
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
  return { canvas, words, fault, drawn };
}
