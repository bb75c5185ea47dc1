import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { h, type VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Entry } from "./api.ts";

interface Props {
  readonly entries: readonly Entry[];
  readonly at: number;
  readonly decided: (fingerprint: string) => string | null;
  readonly choose: (at: number) => void;
}

/** Only the rows in view are in the page, so that ten thousand cost as much as twenty. */
export function QueueList({ entries, at, decided, choose }: Props): VNode {
  const box = useRef<HTMLDivElement>(null);
  const [, redraw] = useState(0);
  const options = {
    count: entries.length,
    getScrollElement: () => box.current,
    estimateSize: () => 66,
    overscan: 5,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw((count) => count + 1),
  };
  const [list] = useState(() => new Virtualizer<HTMLDivElement, HTMLButtonElement>(options));
  list.setOptions({ ...list.options, ...options });
  useEffect(() => list._didMount(), [list]);
  useLayoutEffect(() => list._willUpdate());
  useEffect(() => {
    if (entries.length > 0) list.scrollToIndex(at);
  }, [at, list, entries.length]);
  return h(
    "div",
    { class: "scroll", ref: box },
    h(
      "div",
      { class: "rows", role: "listbox", "aria-label": "Flagged claims", style: { height: `${list.getTotalSize()}px` } },
      list.getVirtualItems().map(({ index, start }) => {
        const entry = entries[index];
        return entry === undefined
          ? null
          : h(
              "button",
              {
                class: "row",
                role: "option",
                key: `${entry.document} ${entry.id}`,
                "aria-selected": String(index === at),
                style: { top: `${start}px` },
                onClick: () => choose(index),
              },
              h("b", null, h("span", { class: entry.severity }, "● "), entry.text, entry.subject === null ? "" : ` · ${entry.subject}`),
              h(
                "span",
                { class: "dim" },
                `${entry.severity} · ${decided(entry.fingerprint) ?? "open"} · ${entry.source.split("/").at(-1)}`,
              ),
            );
      }),
    ),
  );
}
