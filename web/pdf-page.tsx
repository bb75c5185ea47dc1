import { GlobalWorkerOptions, getDocument, type PDFDocumentLoadingTask, RenderingCancelledException } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Box, Places } from "./api.ts";

GlobalWorkerOptions.workerSrc = workerUrl;

/** Files that stay open, the last used last. */
const MOST_OPEN = 4;
const open = new Map<number, PDFDocumentLoadingTask>();

function fileOf(index: number): PDFDocumentLoadingTask {
  const known = open.get(index);
  const task =
    known ?? getDocument({ url: `/api/documents/${index}/file`, isEvalSupported: false, disableRange: true, disableStream: true });
  open.delete(index);
  open.set(index, task);
  const [oldest] = open;
  if (open.size > MOST_OPEN && oldest !== undefined) {
    open.delete(oldest[0]);
    void oldest[1].destroy();
  }
  return task;
}

/** Dots of the screen for each point of the page: sharp on a fine screen, too. */
const SCALE = 2;
/** US letter, until the page is there. */
const USUAL_SIZE = { width: 612, height: 792 };

interface Props {
  readonly index: number;
  readonly places: Places | null;
  readonly claim: string;
  readonly premises: readonly string[];
  /** The figure to be seen. */
  readonly target: string;
  /** 1-based. */
  readonly page: number;
  readonly pages: number;
}

/** One page of a PDF with the claim and what it rests on marked, scrolled to the figure that is wanted. */
export function PdfPage({ index, places, claim, premises, target, page, pages }: Props): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [fault, setFault] = useState("");
  const [turned, setTurned] = useState(page);
  const [drawn, setDrawn] = useState<{ readonly width: number; readonly height: number }>(USUAL_SIZE);
  useEffect(() => setTurned(page), [page, target, index]);
  const size = places?.pages[turned - 1] ?? drawn;
  useEffect(() => {
    let stop = (): void => undefined;
    let isCurrent = true;
    const draw = async (): Promise<void> => {
      const sheet = await (await fileOf(index).promise).getPage(turned);
      if (!isCurrent || canvas.current === null) return;
      const viewport = sheet.getViewport({ scale: SCALE });
      setDrawn({ width: viewport.width / SCALE, height: viewport.height / SCALE });
      canvas.current.width = viewport.width;
      canvas.current.height = viewport.height;
      const task = sheet.render({ canvas: canvas.current, viewport });
      stop = () => task.cancel();
      await task.promise;
    };
    setFault("");
    draw().catch((error: Error) => {
      if (isCurrent && !(error instanceof RenderingCancelledException)) setFault(`This page cannot be drawn: ${error.message}`);
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [index, turned]);
  const isPlaced = places !== null;
  useEffect(() => {
    document.querySelector(`[data-mention="${target}"]`)?.scrollIntoView({ block: "center", inline: "nearest" });
  }, [target, index, isPlaced, turned, size.height]);
  const marks = [claim, ...premises].flatMap((id) =>
    (places?.boxes[id] ?? [])
      .filter((box) => box.page === turned)
      .map((box) => <Mark key={`${id} ${box.top} ${box.left}`} id={id} box={box} size={size} claim={claim} target={target} />),
  );
  return (
    <div class="sheet">
      <p class="turn">
        <button type="button" disabled={turned <= 1} onClick={() => setTurned(turned - 1)} aria-label="page before">
          ‹
        </button>{" "}
        page {turned} of {pages}{" "}
        <button type="button" disabled={turned >= pages} onClick={() => setTurned(turned + 1)} aria-label="next page">
          ›
        </button>
        {turned === page ? null : (
          <button type="button" onClick={() => setTurned(page)}>
            back to the claim
          </button>
        )}
        {isPlaced ? null : <span role="status"> finding the figures on the page …</span>}
      </p>
      {fault === "" ? null : <p role="alert">{fault}</p>}
      <div class="page" style={{ aspectRatio: `${size.width} / ${size.height}` }}>
        <canvas ref={canvas} role="img" aria-label={`page ${turned}`} />
        {marks}
      </div>
    </div>
  );
}

interface MarkProps {
  readonly id: string;
  readonly box: Box;
  readonly size: { readonly width: number; readonly height: number };
  readonly claim: string;
  readonly target: string;
}

function Mark({ id, box, size, claim, target }: MarkProps): VNode {
  const place = {
    left: `${(100 * box.left) / size.width}%`,
    top: `${(100 * box.top) / size.height}%`,
    width: `${(100 * (box.right - box.left)) / size.width}%`,
    height: `${(100 * (box.bottom - box.top)) / size.height}%`,
  };
  return <div class={`box${id === claim ? " claim" : ""}${id === target ? " target" : ""}`} data-mention={id} style={place} />;
}
