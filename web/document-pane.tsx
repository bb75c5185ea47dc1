import type { ComponentChildren, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { WireFinding, WireMention } from "../src/report/wire.ts";
import type { PartPlaces } from "./api.ts";
import type { ClaimMark } from "./claim-marks.ts";
import { nameOf } from "./figure-words.ts";
import { FindBar } from "./find-bar.tsx";
import type { Keymap } from "./keymap.ts";
import { TextPage } from "./text-page.tsx";
import type { OpenDocument } from "./use-document.ts";
import { useFind } from "./use-find.ts";

interface Props {
  readonly opened: OpenDocument;
  readonly finding: WireFinding;
  /** The claim, then what it rests on. */
  readonly marked: readonly WireMention[];
  /** The figure to be seen. */
  readonly target: string;
  readonly zoom: number;
  readonly show: (mention: string) => void;
  /** All claims of the document. */
  readonly claims: readonly ClaimMark[];
  readonly openClaim: (fingerprint: string) => void;
  readonly keymap: Keymap;
  /** Whether words are looked for in the document. */
  readonly isFinding: boolean;
  readonly setFinding: (isFinding: boolean) => void;
  /** Adds what is marked as a claim. */
  readonly add: () => void;
  readonly fail: (words: string) => void;
}

/** The document, or the paper that it was checked by, with the claim and what it rests on marked. */
export function DocumentPane(props: Props): VNode {
  const { opened, finding, marked, target, zoom, show, claims, openClaim, keymap, isFinding, setFinding } = props;
  const { index, wire, places } = opened;
  const PdfPages = usePdfPages();
  const [words, setWords] = useState("");
  const aim = marked.find(({ id }) => id === target);
  const aimed = partOf(aim, places?.parts ?? []);
  const [turned, setTurned] = useState(aimed);
  useEffect(() => setTurned(aimed), [aimed, target, index]);
  const { found, step } = useFind(index, turned, isFinding ? words : "", props.fail);
  if (places?.problem !== null && places?.problem !== undefined)
    return (
      <article>
        <p role="alert">The document cannot be read here: {places.problem}</p>
        <p>The sentence, as it was read before:</p>
        <blockquote>{finding.quote}</blockquote>
      </article>
    );
  const part = places?.parts[turned] ?? null;
  const source = part?.source ?? wire.source;
  const isPdf = part === null ? wire.mediaType === "application/pdf" : part.pages.length > 0;
  const tabs =
    places === null || places.parts.length < 2 ? (
      <b class="name" title={source}>
        {nameOf(source)}
      </b>
    ) : (
      places.parts.map((each, at) => (
        <button type="button" key={each.source} aria-pressed={at === turned} onClick={() => setTurned(at)}>
          {nameOf(each.source)}
        </button>
      ))
    );
  const bar = (turning: ComponentChildren): VNode => (
    <div class="bar">
      {tabs}
      {turning}
      <span class="tools">
        <button type="button" id="open-find" aria-expanded={isFinding} onClick={() => setFinding(!isFinding)}>
          Find <kbd>{keymap.find}</kbd>
        </button>
        {turned > 0 ? null : (
          // What is marked stays so while the button is pressed.
          <button
            type="button"
            id="add-claim"
            title="Mark the words of a claim that is not found, then add it"
            onMouseDown={(event) => event.preventDefault()}
            onClick={props.add}
          >
            Add claim <kbd>{keymap.add}</kbd>
          </button>
        )}
      </span>
      {isFinding ? <FindBar {...{ words, found, step }} change={setWords} close={() => setFinding(false)} /> : null}
    </div>
  );
  if (isPdf && PdfPages === null) return <p role="status">opening {nameOf(source)} …</p>;
  if (isPdf && PdfPages !== null) {
    const page = (turned === aimed ? aim?.page : null) ?? 1;
    const pages = part?.pages.length ?? wire.pages ?? 1;
    const url = `/api/documents/${index}/file${turned === 0 ? "" : `?part=${turned}`}`;
    return (
      <PdfPages
        key={url}
        {...{ url, part, marked, target, page, pages, zoom, show, claims, openClaim, bar, found }}
        claim={finding.claim}
      />
    );
  }
  return (
    <div class="sheet" style={{ fontSize: `${zoom}em` }}>
      {bar(null)}
      {part === null ? (
        <p role="status">reading {nameOf(source)} …</p>
      ) : (
        <TextPage key={`${index} ${turned}`} {...{ part, marked, target, claims, openClaim, found }} claim={finding.claim} />
      )}
    </div>
  );
}

/** Which of the documents a figure stands in. */
function partOf(mention: WireMention | undefined, parts: readonly PartPlaces[]): number {
  if (mention === undefined || mention.source === null) return 0;
  return Math.max(
    0,
    parts.findIndex(({ source }, at) => at > 0 && source === mention.source),
  );
}

type PdfPagesComponent = typeof import("./pdf-pages.tsx").PdfPages;
let loaded: PdfPagesComponent | null = null;

/** What draws PDFs: by far the largest part of the page, so the first claim does not wait for it. */
function usePdfPages(): PdfPagesComponent | null {
  const [component, setComponent] = useState<PdfPagesComponent | null>(() => loaded);
  useEffect(() => {
    if (component !== null) return;
    void import("./pdf-pages.tsx").then((module) => {
      loaded = module.PdfPages;
      setComponent(() => module.PdfPages);
    });
  }, [component]);
  return component;
}
