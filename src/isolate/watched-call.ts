import { runInNewContext } from "node:vm";

/** What came of a call: its value, or nothing, since it was stopped or threw. */
export type WatchedOutcome<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "stopped" } | { readonly kind: "threw" };

/**
 * Does something at once, and stops it in the middle where it takes longer.
 *
 * The engine interrupts what runs, loops and patterns too, which costs no thread.
 */
export function watchedCall<T>(call: () => T, milliseconds: number): WatchedOutcome<T> {
  try {
    return { kind: "done", value: runInNewContext("call()", { call }, { timeout: milliseconds }) };
  } catch (error) {
    // It is an error of the context in which the call was begun, which has an Error of its own.
    const isLate = typeof error === "object" && error !== null && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
    return { kind: isLate ? "stopped" : "threw" };
  }
}
