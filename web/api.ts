export interface Entry {
  readonly document: number;
  readonly source: string;
  readonly fingerprint: string;
  readonly id: string;
  readonly verdict: string;
  readonly severity: string;
  readonly rule: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly text: string;
  readonly message: string;
}
export interface Decision {
  readonly fingerprint: string;
  readonly decision: string | null;
  readonly note: string;
  readonly reviewer: string;
}
export interface Figure {
  readonly value: number;
  readonly unit: string;
}
export interface Finding {
  readonly id: string;
  readonly rule: string;
  readonly claim: string;
  readonly verdict: string;
  readonly severity: string;
  readonly stated: Figure;
  readonly recomputed: Figure | null;
  readonly message: string;
  readonly steps: readonly { readonly text: string; readonly from: readonly string[]; readonly source: string | null }[];
}
export interface Mention {
  readonly id: string;
  readonly text: string;
  readonly value: number;
  readonly unit: string;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  readonly readings: readonly { readonly unit: string; readonly weight: number }[];
}
export interface Box {
  readonly page: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
export interface Opened {
  readonly wire: { readonly mediaType: string | null; readonly findings: readonly Finding[]; readonly mentions: readonly Mention[] };
  readonly boxes: Readonly<Record<string, readonly Box[]>>;
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  readonly blocks: readonly { readonly start: number; readonly text: string }[];
}
export type Correction =
  | { readonly kind: "reading"; readonly mention: string; readonly unit: string }
  | { readonly kind: "value"; readonly mention: string; readonly value: number };

/** Calls our server; the cookie of the first page is the token. Errors: what the server refuses rejects, in its own words. */
export async function call<T>(path: string, body?: unknown): Promise<T> {
  const init: RequestInit =
    body === undefined
      ? {}
      : body instanceof FormData
        ? { method: "POST", body }
        : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const response = await fetch(`/api/${path}`, init);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
