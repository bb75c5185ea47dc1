import stringWidth from "fast-string-width";
import { wrapAnsi } from "fast-wrap-ansi";
import pc from "picocolors";
import { largest } from "../model/many.ts";

/** How the text for a terminal is laid out. */
export interface PrettyOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Lists consistent claims too. */
  readonly verbose: boolean;
}

/** How words are painted; without color every paint leaves them as they are. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly note: (text: string) => string;
  readonly good: (text: string) => string;
  /** The claim inside its sentence; without color it is set between angle quotes, so that it still stands out. */
  readonly claim: (text: string) => string;
}

export function paint(color: boolean): Paint {
  const colors = pc.createColors(color);
  return {
    strong: colors.bold,
    quiet: colors.dim,
    error: (text) => colors.bold(colors.red(text)),
    warning: (text) => colors.bold(colors.yellow(text)),
    note: (text) => colors.bold(colors.cyan(text)),
    good: colors.green,
    claim: color ? (text) => colors.bold(colors.underline(text)) : (text) => `»${text}«`,
  };
}

/** Lines wrapped to the width, each with the indent. */
export function wrapped(text: string, width: number, indent: string): string {
  return wrapAnsi(text, Math.max(LEAST_WIDTH, width - stringWidth(indent)), { hard: false, trim: true })
    .split("\n")
    .map((line) => `${indent}${line}`)
    .join("\n");
}

/** Text that is narrower than this cannot be read. */
const LEAST_WIDTH = 20;

/** A label in front of wrapped text, the further lines under the text. */
export function labelled(label: string, text: string, width: number, indent: string): string {
  const room = stringWidth(label);
  const lines = wrapAnsi(text, Math.max(LEAST_WIDTH, width - stringWidth(indent) - room), { hard: false, trim: true }).split("\n");
  return lines.map((line, index) => `${indent}${index === 0 ? label : " ".repeat(room)}${line}`).join("\n");
}

/**
 * Columns side by side, two spaces apart; where they do not fit, the last one is wrapped.
 *
 * Shape: `rows` all have the same length.
 */
export function columns(rows: readonly (readonly string[])[], width: number, indent: string): string {
  const count = rows[0]?.length ?? 0;
  const widths = Array.from({ length: count }, (_unused, column) => largest(rows.map((row) => stringWidth(row[column] ?? ""))));
  return rows
    .map((row) => {
      const head = row
        .slice(0, -1)
        .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - stringWidth(cell) + 2))
        .join("");
      return labelled(head, row.at(-1) ?? "", width, indent).trimEnd();
    })
    .join("\n");
}
