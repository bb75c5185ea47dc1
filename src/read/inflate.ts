/** What came out of compressed bytes. */
export type Inflated =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** Not compressed in this way, or cut off. */
  | { readonly kind: "damaged" }
  | { readonly kind: "too-large" };

/** Inflates no more than `limit` bytes: a small file may hold a vast one. "deflate" is the format of zlib, as in PDF, "deflate-raw" that of ZIP. */
export async function inflate(packed: Uint8Array, format: "gzip" | "deflate" | "deflate-raw", limit: number): Promise<Inflated> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const stream = new Blob([Uint8Array.from(packed)]).stream().pipeThrough(new DecompressionStream(format));
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > limit) return { kind: "too-large" };
      parts.push(chunk);
    }
  } catch (error) {
    // A TypeError or one with a code is what the standard has for damaged data; any other error is ours.
    if (error instanceof TypeError || (error instanceof Error && "code" in error)) return { kind: "damaged" };
    throw error;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { kind: "bytes", bytes };
}
