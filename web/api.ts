import type { Agreement, Correction, DecisionInput, DocumentPlaces, Decision as KeptDecision, WhatIf } from "../src/review/api-shapes.ts";

export type {
  AdditionInput,
  Found,
  KeptAddition,
  KeptCorrection,
  Marked,
  MarkedInput,
  Outcome,
  PartPlaces,
  Progress,
  QueueEntry as Entry,
  QueueNews,
} from "../src/review/api-shapes.ts";
export type { Agreement, Correction, DocumentPlaces, WhatIf };
export type Decision = KeptDecision;
export type Choice = NonNullable<DecisionInput["decision"]>;
export type CorrectionKind = Correction["kind"];

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
