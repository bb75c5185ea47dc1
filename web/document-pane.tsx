import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { WireFinding, WireMention } from "../src/report/wire.ts";
import type { PartPlaces } from "./api.ts";
import type { ClaimMark } from "./claim-marks.ts";
import { nameOf } from "./figure-words.ts";
import { TextPage } from "./text-page.tsx";
import type { OpenDocument } from "./use-document.ts";

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
}

/** The document, or the paper that it was checked by, with the claim and what it rests on marked. */
export function DocumentPane({ opened, finding, marked, target, zoom, show, claims, openClaim }: Props): VNode {
  const { index, wire, places } = opened;
  const PdfPage = usePdfPage();
  const aim = marked.find(({ id }) => id === target);
  const aimed = partOf(aim, places?.parts ?? []);
  const [turned, setTurned] = useState(aimed);
  useEffect(() => setTurned(aimed), [aimed, target, index]);
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
  if (isPdf && PdfPage === null) return <p role="status">opening {nameOf(source)} …</p>;
  if (isPdf && PdfPage !== null) {
    const page = (turned === aimed ? aim?.page : null) ?? 1;
    const pages = part?.pages.length ?? wire.pages ?? 1;
    const url = `/api/documents/${index}/file${turned === 0 ? "" : `?part=${turned}`}`;
    return <PdfPage key={url} {...{ url, tabs, part, marked, target, page, pages, zoom, show, claims, openClaim }} claim={finding.claim} />;
  }
  return (
    <div class="sheet" style={{ fontSize: `${zoom}em` }}>
      <div class="bar">{tabs}</div>
      {part === null ? (
        <p role="status">reading {nameOf(source)} …</p>
      ) : (
        <TextPage key={`${index} ${turned}`} {...{ part, marked, target, claims, openClaim }} claim={finding.claim} />
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

type PdfPageComponent = typeof import("./pdf-page.tsx").PdfPage;
let loaded: PdfPageComponent | null = null;

/** What draws PDFs: by far the largest part of the page, so the first claim does not wait for it. */
function usePdfPage(): PdfPageComponent | null {
  const [component, setComponent] = useState<PdfPageComponent | null>(() => loaded);
  useEffect(() => {
    if (component !== null) return;
    void import("./pdf-page.tsx").then((module) => {
      loaded = module.PdfPage;
      setComponent(() => module.PdfPage);
    });
  }, [component]);
  return component;
}
