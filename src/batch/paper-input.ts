import { createHash } from "node:crypto";
import { extname } from "node:path";
import type { Problem } from "../model/problem.ts";
import type { CheckOptions } from "../model/report.ts";
import { isAddress, nameOf } from "../store/address.ts";
import { fileStamp, isSureStamp, NO_STAMP } from "../store/file-stamp.ts";
import { loadInput } from "../store/input-file.ts";
import type { KnownInput, StoredInput } from "../store/result-store.ts";

/** A paper as it is named in reports, and where it is now. */
export interface PaperPlace {
  readonly path: string;
  /** The path as this process can open it, or the address. */
  readonly location: string;
}

/** What a path or an address holds now. */
export type PaperInput =
  /** A paper to look up, and to check if its result is not known. `content` is null for a file, which the process that checks it loads. */
  | (KnownInput & { readonly kind: "paper"; readonly content: { readonly bytes: Uint8Array; readonly sha256: string } | null })
  | (KnownInput & { readonly kind: "unread"; readonly problems: readonly Problem[] });

/** Stands for everything but the paper that a result depends on: rules and version, options. */
export function editionOf(rulesAndVersion: string, options: CheckOptions): string {
  return hashOf(rulesAndVersion, JSON.stringify(options));
}

/**
 * Key and stamp of a path or an address.
 *
 * Bytes of a file are read only if its size or times have changed, or rules, version or options have; a server is asked whether an address has changed.
 */
export async function paperInput(place: PaperPlace, edition: string, known: KnownInput | undefined): Promise<PaperInput> {
  const { path, location } = place;
  const before = known?.key.startsWith(`${edition}-`) === true && isSureStamp(known.stamp) ? known : null;
  if (isAddress(path)) return remoteInput(path, edition, before);
  const stamp = fileStamp(location);
  if (before !== null && before.stamp === stamp) return { kind: "paper", ...before, content: null };
  const input = await loadInput(location);
  if (input.kind === "bytes") return { kind: "paper", stamp, key: keyOf(edition, input.sha256, path), content: null };
  return unread(path, edition, input.result.problems);
}

/** Whether the store has the result of a file as it is now; of an address, only its server could say. */
export async function paperInputIsKnown(
  path: string,
  rulesAndVersion: string,
  options: CheckOptions,
  known: StoredInput | undefined,
): Promise<boolean> {
  const edition = editionOf(rulesAndVersion, options);
  if (known?.finished !== true || !known.key.startsWith(`${edition}-`) || isAddress(path)) return false;
  const input = await paperInput({ path, location: path }, edition, known);
  return input.kind === "paper" && input.key === known.key;
}

async function remoteInput(path: string, edition: string, before: KnownInput | null): Promise<PaperInput> {
  const { loadRemote } = await import("../store/remote-input.ts");
  const input = await loadRemote(path, before?.stamp ?? null);
  if (input.kind === "unread") return unread(path, edition, input.result.problems);
  if (input.kind === "unchanged" && before !== null) return { kind: "paper", ...before, content: null };
  if (input.kind === "unchanged") throw new Error(`${path} is told to be unchanged, but was not known`);
  const { bytes, sha256, stamp } = input;
  return { kind: "paper", stamp, key: keyOf(edition, sha256, path), content: { bytes, sha256 } };
}

/** The ending of the name helps to tell the format, so it is a part of what is checked. */
function keyOf(edition: string, sha256: string, path: string): string {
  return `${edition}-${hashOf(sha256, extname(nameOf(path)).toLowerCase())}`;
}

function unread(path: string, edition: string, problems: readonly Problem[]): PaperInput {
  const named = problems.map((problem) => ({ ...problem, source: path }));
  return { kind: "unread", stamp: NO_STAMP, key: `${edition}-unread-${hashOf(path, "")}`, problems: named };
}

/** Half a SHA-256 in hex. */
function hashOf(first: string, second: string): string {
  return createHash("sha256").update(`${first}\0${second}`).digest("hex").slice(0, 32);
}
