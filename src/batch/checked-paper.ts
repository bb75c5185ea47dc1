import type { CheckOptions } from "../model/report.ts";
import type { WireDocument } from "../report/wire.ts";
import { isAddress } from "../store/address.ts";
import type { ReadLimits } from "../store/read-limits.ts";
import type { KnownInput, ResultStore, StoredInput } from "../store/result-store.ts";
import type { CheckPool } from "./check-pool.ts";
import { unreadDocument } from "./failed-document.ts";
import { type PaperPlace, paperInput } from "./paper-input.ts";

/** What papers are checked with. */
export interface PaperCheck {
  readonly store: ResultStore;
  /** Started when the first paper needs it. */
  readonly pool: () => Promise<CheckPool>;
  /** Of rules, version and options; see `editionOf`. */
  readonly edition: string;
  readonly options: CheckOptions;
  readonly limits: ReadLimits;
}

/** A paper that has a result in the store. */
export interface CheckedPaper {
  readonly key: string;
  /** Null if the result was known before. */
  readonly document: WireDocument | null;
  /** What the store has of it, where nothing had to be written; null where it has to be asked again. */
  readonly stored: StoredInput | null;
}

/** Looks at a path or an address, checks what it holds unless the result is known, and keeps the result. */
export async function checkedPaper(check: PaperCheck, place: PaperPlace, known: StoredInput | undefined): Promise<CheckedPaper> {
  const { store, edition, options, limits } = check;
  const { path } = place;
  const input = await paperInput(place, edition, known);
  const now: KnownInput = { stamp: input.stamp, key: input.key };
  if (input.kind === "unread") {
    const document = unreadDocument(path, input.problems);
    await store.save(path, now, document, limits);
    return { key: input.key, document, stored: null };
  }
  const isSame = known?.key === input.key;
  if (isSame ? known.finished : await store.isFinished(input.key, limits)) {
    if (isSame && known.stamp === input.stamp) return { key: input.key, document: null, stored: known };
    await store.rememberInput(path, now);
    return { key: input.key, document: null, stored: null };
  }
  // An address that holds what it held, but has no result yet, is needed whole.
  if (input.content === null && isAddress(path)) return checkedPaper(check, place, undefined);
  const document = await (await check.pool()).check({ ...place, content: input.content, options, limits });
  await store.save(path, now, document, limits);
  return { key: input.key, document, stored: null };
}
