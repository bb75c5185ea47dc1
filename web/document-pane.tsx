import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import type { WireFinding } from "../src/report/wire.ts";
import { nameOf } from "./figure-words.ts";
import { PdfPage } from "./pdf-page.tsx";
import type { OpenDocument } from "./use-document.ts";

interface Props {
  readonly opened: OpenDocument;
  readonly finding: WireFinding;
  readonly premises: readonly string[];
  /** The figure to be seen. */
  readonly target: string;
}

/** The document with the claim and what it rests on marked; text goes in as text nodes only. */
export function DocumentPane({ opened, finding, premises, target }: Props): VNode {
  const { index, wire, places } = opened;
  if (places?.problem !== null && places?.problem !== undefined)
    return (
      <article>
        <p role="alert">The document cannot be read here: {places.problem}</p>
        <p>The sentence, as it was read before:</p>
        <blockquote>{finding.quote}</blockquote>
      </article>
    );
  if (wire.pages === null) return <TextPage opened={opened} finding={finding} premises={premises} target={target} />;
  const page = wire.mentions.find(({ id }) => id === target)?.page ?? finding.page ?? 1;
  return <PdfPage key={index} {...{ index, places, premises, target, page }} claim={finding.claim} pages={wire.pages} />;
}

function TextPage({ opened, finding, premises, target }: Props): VNode {
  const { index, wire, places } = opened;
  const isPlaced = places !== null;
  useEffect(() => {
    document.querySelector(`[data-mention="${target}"]`)?.scrollIntoView({ block: "center", inline: "nearest" });
  }, [target, index, isPlaced]);
  if (places === null) return <p role="status">reading {nameOf(wire.source)} …</p>;
  const wanted = wire.mentions
    .filter(({ id }) => id === finding.claim || premises.includes(id))
    .sort((left, right) => left.start - right.start);
  return (
    <article>
      {places.blocks.map(({ kind, start, text }) => {
        const parts: (string | VNode)[] = [];
        let from = 0;
        for (const mention of wanted) {
          const [begin, end] = [mention.start - start, mention.end - start];
          if (begin < from || end > text.length) continue;
          const look = `${mention.id === finding.claim ? "claim" : ""}${mention.id === target ? " target" : ""}`;
          parts.push(
            text.slice(from, begin),
            <mark class={look} data-mention={mention.id}>
              {text.slice(begin, end)}
            </mark>,
          );
          from = end;
        }
        return (
          <p key={start} class={kind} tabIndex={kind === "table" || kind === "code" ? 0 : undefined}>
            {parts}
            {text.slice(from)}
          </p>
        );
      })}
    </article>
  );
}
