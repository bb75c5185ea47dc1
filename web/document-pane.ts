import { GlobalWorkerOptions, getDocument } from "pdfjs-dist";
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import { h, type VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Opened } from "./api.ts";

GlobalWorkerOptions.workerSrc = workerUrl;

interface Props {
  readonly index: number;
  readonly opened: Opened;
  readonly claim: string;
  readonly premises: readonly string[];
  readonly target: string;
}

/** The document with the claim and what it rests on marked; text goes in as text nodes only. */
export function DocumentPane(props: Props): VNode {
  return props.opened.pages.length > 0 ? h(PdfPage, props) : h(TextPage, props);
}

function PdfPage({ index, opened, claim, premises, target }: Props): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [fault, setFault] = useState("");
  const number = opened.wire.mentions.find(({ id }) => id === target)?.page ?? 1;
  const size = opened.pages[number - 1] ?? { width: 612, height: 792 };
  useEffect(() => {
    const loading = getDocument({ url: `/api/documents/${index}/file`, isEvalSupported: false, disableRange: true, disableStream: true });
    let live = true;
    const draw = async (): Promise<void> => {
      const page = await (await loading.promise).getPage(number);
      if (!live || canvas.current === null) return;
      const viewport = page.getViewport({ scale: 2 });
      canvas.current.width = viewport.width;
      canvas.current.height = viewport.height;
      await page.render({ canvas: canvas.current, viewport }).promise;
    };
    draw().catch((error: Error) => live && setFault(error.message));
    return () => {
      live = false;
      void loading.destroy();
    };
  }, [index, number]);
  useEffect(() => {
    document.querySelector(`[data-mention="${target}"]`)?.scrollIntoView({ block: "center" });
  }, [target, index]);
  const marks = [claim, ...premises].flatMap((id) =>
    (opened.boxes[id] ?? [])
      .filter(({ page }) => page === number)
      .map((box) =>
        h("div", {
          class: id === claim ? "box claim" : "box",
          "data-mention": id,
          style: {
            left: `${(100 * box.left) / size.width}%`,
            top: `${(100 * box.top) / size.height}%`,
            width: `${(100 * (box.right - box.left)) / size.width}%`,
            height: `${(100 * (box.bottom - box.top)) / size.height}%`,
          },
        }),
      ),
  );
  return h(
    "div",
    { class: "page", style: { maxWidth: "820px" } },
    h("canvas", { ref: canvas, role: "img", "aria-label": `page ${number}` }),
    marks,
    fault === "" ? null : h("p", { role: "alert" }, fault),
  );
}

function TextPage({ index, opened, claim, premises, target }: Props): VNode {
  useEffect(() => {
    document.querySelector(`[data-mention="${target}"]`)?.scrollIntoView({ block: "center" });
  }, [target, index]);
  const wanted = opened.wire.mentions
    .filter(({ id }) => id === claim || premises.includes(id))
    .sort((left, right) => left.start - right.start);
  return h(
    "article",
    null,
    opened.blocks.map(({ start, text }) => {
      const parts: (string | VNode)[] = [];
      let from = 0;
      for (const mention of wanted) {
        const [begin, end] = [mention.start - start, mention.end - start];
        if (begin < from || end > text.length) continue;
        parts.push(
          text.slice(from, begin),
          h("mark", { class: mention.id === claim ? "claim" : "", "data-mention": mention.id }, text.slice(begin, end)),
        );
        from = end;
      }
      return h("p", null, parts, text.slice(from));
    }),
  );
}
