import { visible } from "../report/visible.ts";

/** Tells a person at a terminal how far a run over several files has come. */
export interface Progress {
  readonly next: (file: string) => void;
  readonly done: () => void;
}

const SILENT: Progress = { next: () => undefined, done: () => undefined };

/** A line on standard error that counts files; silent for one file, and where standard error is no terminal. */
export async function startProgress(total: number): Promise<Progress> {
  if (total < 2 || process.stderr.isTTY !== true) return SILENT;
  const { createSpinner } = await import("nanospinner");
  const spinner = createSpinner("", { stream: process.stderr }).start();
  let count = 0;
  return {
    next: (file) => {
      count += 1;
      const line = `${count} of ${total}  ${visible(file)}`;
      // A line that wraps cannot be wiped again.
      spinner.update({ text: line.slice(0, Math.max(20, process.stderr.columns - 4)) });
    },
    done: () => spinner.clear().stop(),
  };
}
