/** What the engine needs of a channel between its two halves. */
export interface EnginePort {
  postMessage(message: unknown): void;
  addEventListener(name: string, listener: Listener): void;
  removeEventListener(name: string, listener: Listener): void;
  terminate(): void;
}

type Listener = (event: { readonly data: unknown }) => void;

/**
 * Two ends of a channel inside one thread that hands messages over as they are.
 *
 * The engine is made for two threads and copies every message; in one thread the copies are a third of its time.
 * Only the lists of operators are used again by their sender, which empties them, so those alone are copied, one level deep.
 */
export function portPair(): readonly [EnginePort, EnginePort] {
  const left = new Port();
  const right = new Port();
  left.connect(right);
  right.connect(left);
  return [left, right];
}

/** A wish of the drawing half for the outlines of all glyphs of a font, which nobody draws here: it is told that they are done. */
const OUTLINES_WISH = "FontFallback";
/** Marks the answer to a request. Source: pdf.js 5.4, CallbackKind.DATA. */
const ANSWER = 1;

class Port implements EnginePort {
  #listeners: readonly Listener[] = [];
  #peer: Port | null = null;

  connect(peer: Port): void {
    this.#peer = peer;
  }

  postMessage(message: unknown): void {
    const answer = answerToOutlinesWish(message);
    const receiver = answer === null ? this.#peer : this;
    const kept = answer ?? withOwnOperators(message);
    if (receiver !== null) queueMicrotask(() => receiver.#deliver(kept));
  }

  addEventListener(_name: string, listener: Listener): void {
    this.#listeners = [...this.#listeners, listener];
  }

  removeEventListener(_name: string, listener: Listener): void {
    this.#listeners = this.#listeners.filter((other) => other !== listener);
  }

  terminate(): void {
    this.#listeners = [];
    this.#peer = null;
  }

  #deliver(message: unknown): void {
    for (const listener of this.#listeners) listener({ data: message });
  }
}

function answerToOutlinesWish(message: unknown): unknown {
  if (typeof message !== "object" || message === null || !("action" in message) || message.action !== OUTLINES_WISH) return null;
  const { sourceName, targetName, callbackId } = message as { sourceName?: unknown; targetName?: unknown; callbackId?: unknown };
  return { sourceName: targetName, targetName: sourceName, callback: ANSWER, callbackId, data: null };
}

function withOwnOperators(message: unknown): unknown {
  if (typeof message !== "object" || message === null || !("chunk" in message)) return message;
  const chunk = message.chunk;
  if (typeof chunk !== "object" || chunk === null || !("fnArray" in chunk) || !("argsArray" in chunk)) return message;
  const { fnArray, argsArray } = chunk;
  if (!Array.isArray(fnArray) || !Array.isArray(argsArray)) return message;
  return { ...message, chunk: { ...chunk, fnArray: [...fnArray], argsArray: [...argsArray] } };
}
