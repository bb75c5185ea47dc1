import type { WireDocument, WireFigure, WireFinding } from "../src/report/wire.ts";

/** A finding as the queue lists it. */
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
  /** Place in the queue: the lowest first. */
  readonly rank: number;
}

export type Choice = "confirmed" | "fine" | "misread" | "unsure";

interface Signed {
  readonly id: number;
  readonly fingerprint: string;
  readonly reviewer: string;
  /** ISO time. */
  readonly at: string;
}

export interface Decision extends Signed {
  /** Null where it was taken back. */
  readonly decision: Choice | null;
  readonly reason: string;
  readonly note: string;
}

export type CorrectionKind = "reading" | "value" | "fill" | "provider" | "price-date";

export interface KeptCorrection extends Signed {
  readonly kind: CorrectionKind;
  readonly mention: string;
  readonly text: string;
  readonly slot: string;
  readonly before: string;
  /** Null where it was taken back. */
  readonly after: string | null;
}

export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly failed: readonly { readonly source: string; readonly code: string; readonly message: string }[];
}

/** What is new since the last time. */
export interface QueueNews {
  readonly reviewer: string;
  readonly providers: readonly string[];
  readonly progress: Progress;
  readonly entries: readonly Entry[];
  readonly decisions: readonly Decision[];
  readonly corrections: readonly KeptCorrection[];
}

export interface Box {
  readonly page: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where the figures of a document stand. */
export interface Places {
  readonly wire: WireDocument | null;
  readonly problem: string | null;
  readonly boxes: Readonly<Record<string, readonly Box[]>>;
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  readonly blocks: readonly { readonly kind: string; readonly start: number; readonly text: string }[];
}

export type Correction =
  | { readonly kind: "reading"; readonly mention: string; readonly unit: string }
  | { readonly kind: "value"; readonly mention: string; readonly value: number }
  | { readonly kind: "fill"; readonly mention: string; readonly slot: string; readonly value: number }
  | { readonly kind: "provider"; readonly mention: string; readonly provider: string }
  | { readonly kind: "price-date"; readonly mention: string; readonly date: string };

export interface Outcome {
  readonly verdict: string;
  readonly severity: string;
  readonly recomputed: WireFigure | null;
}

export interface WhatIf {
  readonly findings: readonly WireFinding[];
  readonly changed: readonly {
    readonly rule: string;
    readonly claim: string;
    readonly before: Outcome | null;
    readonly after: Outcome | null;
  }[];
}

export interface Agreement {
  readonly reviewers: readonly [string, string];
  readonly both: number;
  readonly kappa: number | null;
  readonly disagreements: readonly string[];
}

/** The server did not answer at all. */
export class ServerGone extends Error {
  override readonly name = "ServerGone";
}

const NAME_PLACE = "reckoner-reviewer";

/** The name that this browser decides under; null for that of the server. */
export function ownName(): string | null {
  return localStorage.getItem(NAME_PLACE);
}

export function setOwnName(name: string): void {
  if (name === "") localStorage.removeItem(NAME_PLACE);
  else localStorage.setItem(NAME_PLACE, name);
}

/** Calls our server; the cookie of the first page is the token. Errors: what the server refuses rejects, in its own words. */
export async function call<T>(path: string, body?: unknown): Promise<T> {
  const name = ownName();
  const headers: Record<string, string> = name === null ? {} : { "x-reckoner-reviewer": encodeURIComponent(name) };
  const init: RequestInit =
    body === undefined
      ? { headers }
      : body instanceof FormData
        ? { method: "POST", body, headers }
        : { method: "POST", body: JSON.stringify(body), headers: { ...headers, "content-type": "application/json" } };
  const response = await fetch(`/api/${path}`, init).catch((error: unknown) => {
    throw new ServerGone("the server does not answer", { cause: error });
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
