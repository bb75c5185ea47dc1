import { useEffect, useState } from "preact/hooks";
import type { WireDocument } from "../src/report/wire.ts";
import { call, type DocumentPlaces } from "./api.ts";
import { KeptAnswers } from "./kept-answers.ts";

/** A document that is shown; `places` come after what was found, for the file is read for them. */
export interface OpenDocument {
  readonly index: number;
  /** How often it was checked again. */
  readonly revision: number;
  readonly wire: WireDocument;
  readonly places: DocumentPlaces | null;
}

/** Documents that are kept, the last used last. */
const MOST_KEPT = 12;

/** Which document, as of which check. */
export interface DocumentState {
  readonly document: number;
  readonly revision: number;
}

const wires = new KeptAnswers<WireDocument>(MOST_KEPT);
const places = new KeptAnswers<DocumentPlaces>(MOST_KEPT);

function keyOf({ document, revision }: DocumentState): string {
  return `${document} ${revision}`;
}

/** What was found in a document. */
export function wireOf(state: DocumentState): Promise<WireDocument> {
  return wires.get(keyOf(state), async () => (await call<{ readonly wire: WireDocument }>(`documents/${state.document}`)).wire);
}

function placesOf(state: DocumentState): Promise<DocumentPlaces> {
  return places.get(keyOf(state), () => call<DocumentPlaces>(`documents/${state.document}/places`));
}

/** The document of the current claim; that of the next one is made ready after it. Errors: what cannot be loaded is told by `fail`. */
export function useDocument(state: DocumentState | null, next: DocumentState | null, fail: (words: string) => void): OpenDocument | null {
  const [open, setOpen] = useState<OpenDocument | null>(null);
  const [index, revision] = [state?.document ?? null, state?.revision ?? 0];
  useEffect(() => {
    if (index === null) return undefined;
    let isCurrent = true;
    const load = async (): Promise<void> => {
      const wire = await wireOf({ document: index, revision });
      if (!isCurrent) return;
      // Of a document that was checked again, the places known so far stay until the new ones are there.
      setOpen((before) => ({ index, revision, wire, places: before?.index === index ? before.places : null }));
      const found = await placesOf({ document: index, revision });
      if (isCurrent) setOpen({ index, revision, wire: found.wire ?? wire, places: found });
    };
    load().catch((error: Error) => isCurrent && fail(error.message));
    return () => {
      isCurrent = false;
    };
  }, [index, revision]);
  const [nextIndex, nextRevision] = [next?.document ?? null, next?.revision ?? 0];
  useEffect(() => {
    if (index === null || nextIndex === null || nextIndex === index) return;
    const following = { document: nextIndex, revision: nextRevision };
    // What fails here is told when the reviewer comes to it.
    placesOf({ document: index, revision })
      .then(() => Promise.all([wireOf(following), placesOf(following)]))
      .catch(() => undefined);
  }, [index, revision, nextIndex, nextRevision]);
  return open !== null && open.index === index ? open : null;
}
