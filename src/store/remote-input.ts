import { createHash } from "node:crypto";
import type { ReadResult } from "../model/document.ts";
import type { ProblemCode } from "../model/problem.ts";
import { isS3Address } from "./address.ts";
import { reasonOf } from "./network-words.ts";
import { wholeBody } from "./response-body.ts";

/** What an address holds, or why it could not be fetched. */
export type RemoteInput =
  /** `stamp` is the server's own mark of this content, by which it can be asked whether it has changed. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly sha256: string; readonly stamp: string }
  | { readonly kind: "unchanged" }
  | { readonly kind: "unread"; readonly result: ReadResult };

/** What fetching one input may take. */
export interface FetchLimits {
  readonly seconds: number;
  readonly bytes: number;
  readonly redirects: number;
}

export const USUAL_FETCH_LIMITS: FetchLimits = { seconds: 60, bytes: 200_000_000, redirects: 5 };

/** What a stamp begins with; the rest is the ETag as the server wrote it. */
const ETAG = "etag:";
/** The stamp of a content that the server does not mark: it has to be fetched each time. */
const UNMARKED = "unmarked";

/**
 * Fetches an http, https or s3 address that the user named as an input.
 *
 * `knownStamp` is that of an earlier fetch; the server is asked for the content only if it has changed since.
 * Errors: none; whatever goes wrong is a problem that says so.
 */
export async function loadRemote(source: string, knownStamp: string | null, limits = USUAL_FETCH_LIMITS): Promise<RemoteInput> {
  const signal = AbortSignal.timeout(limits.seconds * 1000);
  try {
    const headers: Record<string, string> = { "user-agent": "reckoner" };
    if (knownStamp?.startsWith(ETAG) === true) headers["if-none-match"] = knownStamp.slice(ETAG.length);
    const response = isS3Address(source)
      ? await (await import("./s3.ts")).fetchS3(source, headers, signal)
      : await followed(source, headers, { limits, signal });
    if (response.status === 304 && knownStamp !== null) return { kind: "unchanged" };
    if (!response.ok) {
      await response.body?.cancel();
      return unread("not-fetched", source, `HTTP ${response.status}${response.statusText === "" ? "" : ` ${response.statusText}`}`);
    }
    const bytes = await wholeBody(response, limits.bytes);
    if (bytes === null) return unread("too-large", source, `more than ${Math.round(limits.bytes / 1e6)} MB`);
    const etag = response.headers.get("etag");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { kind: "bytes", bytes, sha256, stamp: etag === null ? UNMARKED : `${ETAG}${etag}` };
  } catch (error) {
    if (signal.aborted) return unread("not-fetched", source, `took longer than ${limits.seconds} s`);
    if (error instanceof Error) return unread("not-fetched", source, reasonOf(error));
    throw error;
  }
}

interface Way {
  readonly limits: FetchLimits;
  readonly signal: AbortSignal;
}

/** Follows redirects by hand: they are counted, and lead to no other kind of address. */
async function followed(source: string, headers: Readonly<Record<string, string>>, { limits, signal }: Way): Promise<Response> {
  let address = new URL(source);
  for (let redirects = 0; ; redirects += 1) {
    const response = await fetch(address, { headers, signal, redirect: "manual" });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || response.status === 304 || location === null) return response;
    await response.body?.cancel();
    if (redirects === limits.redirects) throw new Error(`more than ${limits.redirects} redirects`);
    address = new URL(location, address);
    if (!/^https?:$/.test(address.protocol)) throw new Error(`redirects to ${address.protocol}//, which is not fetched`);
  }
}

function unread(code: ProblemCode, source: string, detail: string): RemoteInput {
  return { kind: "unread", result: { document: null, problems: [{ code, source, page: null, detail }] } };
}
