import { useEffect, useState } from "preact/hooks";
import { call, type Found } from "./api.ts";

/** Where words stand, and which of the places is looked at. */
export interface FoundPlaces {
  readonly words: string;
  readonly places: Found["places"];
  /** Whether there are more than are told. */
  readonly more: boolean;
  /** Place in `places`. */
  readonly at: number;
}

export const NOTHING_FOUND: FoundPlaces = { words: "", places: [], more: false, at: 0 };

/** Milliseconds after the last letter until words are looked for. */
const PAUSE = 150;

/** Looks for words over all pages of a document; `step` goes to another place, round and round. */
export function useFind(document: number, part: number, words: string, fail: (words: string) => void) {
  const [found, setFound] = useState(NOTHING_FOUND);
  useEffect(() => {
    if (words.trim() === "") {
      setFound(NOTHING_FOUND);
      return undefined;
    }
    let isCurrent = true;
    const timer = setTimeout(() => {
      call<Found>(`documents/${document}/find?${new URLSearchParams({ words, part: String(part) })}`)
        .then(({ places, more }) => isCurrent && setFound({ words, places, more, at: 0 }))
        .catch((error: Error) => isCurrent && fail(error.message));
    }, PAUSE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [document, part, words]);
  const step = (by: number): void =>
    setFound((now) => ({ ...now, at: now.places.length === 0 ? 0 : (now.at + by + now.places.length) % now.places.length }));
  return { found, step };
}
