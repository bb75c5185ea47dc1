import { useEffect, useState } from "preact/hooks";
import type { WireDocument } from "../src/report/wire.ts";
import { call, type DocumentPlaces } from "./api.ts";

/** A document that is shown; `places` come after what was found, for the file is read for them. */
export interface OpenDocument {
  readonly index: number;
  readonly wire: WireDocument;
  readonly places: DocumentPlaces | null;
}

/** Documents that are kept, the last used last. */
const MOST_KEPT = 12;

const wires = new Map<number, Promise<WireDocument>>();
const places = new Map<number, Promise<DocumentPlaces>>();

function kept<T>(from: Map<number, Promise<T>>, index: number, load: () => Promise<T>): Promise<T> {
  const known = from.get(index) ?? load();
  // What failed is asked for again the next time.
  known.catch(() => from.delete(index));
  from.delete(index);
  from.set(index, known);
  const [oldest] = from.keys();
  if (from.size > MOST_KEPT && oldest !== undefined) from.delete(oldest);
  return known;
}

function wireOf(index: number): Promise<WireDocument> {
  return kept(wires, index, async () => (await call<{ readonly wire: WireDocument }>(`documents/${index}`)).wire);
}

function placesOf(index: number): Promise<DocumentPlaces> {
  return kept(places, index, () => call<DocumentPlaces>(`documents/${index}/places`));
}

/** The document of the current claim; that of the next one is made ready after it. Errors: what cannot be loaded is told by `fail`. */
export function useDocument(index: number | null, next: number | null, fail: (words: string) => void): OpenDocument | null {
  const [open, setOpen] = useState<OpenDocument | null>(null);
  useEffect(() => {
    if (index === null) return undefined;
    let isCurrent = true;
    const load = async (): Promise<void> => {
      const wire = await wireOf(index);
      if (!isCurrent) return;
      setOpen({ index, wire, places: null });
      const found = await placesOf(index);
      if (isCurrent) setOpen({ index, wire: found.wire ?? wire, places: found });
    };
    load().catch((error: Error) => isCurrent && fail(error.message));
    return () => {
      isCurrent = false;
    };
  }, [index]);
  useEffect(() => {
    if (index === null || next === null || next === index) return;
    // What fails here is told when the reviewer comes to it.
    placesOf(index)
      .then(() => Promise.all([wireOf(next), placesOf(next)]))
      .catch(() => undefined);
  }, [index, next]);
  return open !== null && open.index === index ? open : null;
}
