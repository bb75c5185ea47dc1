import type { DocumentAnswers, DocumentTask } from "./document-task.ts";

/** What a process is started with. */
export interface ProcessSettings {
  /** The user's own rules. */
  readonly rules: string | null;
  /** What the whole process may hold. */
  readonly megabytes: number;
}

/** What a process says. */
export type ProcessMessage =
  | { readonly kind: "ready" }
  | {
      readonly kind: "done";
      readonly value: DocumentAnswers[DocumentTask["kind"]];
      /** Whether something was thrown that nobody caught. */
      readonly isShaken: boolean;
      /** What the process holds. Units: bytes. */
      readonly rss: number;
    }
  /** The task threw, which is a fault of ours or of a library. */
  | { readonly kind: "failed"; readonly words: string };
