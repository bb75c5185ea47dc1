import { registerHooks } from "node:module";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { contentsOf, ROOMS } from "../patterns/code-patterns.ts";

/** Which pattern matches nothing at the moment, and which have matched since this was last emptied. */
export interface Switches {
  off: string | null;
  readonly met: Set<string>;
  readonly all: Set<string>;
}

const ROOT = resolve(import.meta.dirname, "../..");

/**
 * Has every pattern of the stages made switchable when its file is loaded: call this before any of them is imported.
 *
 * Each literal becomes an object of the same kind that, while it is off, matches nothing.
 */
export function installSwitches(): Switches {
  const switches: Switches = { off: null, met: new Set(), all: new Set() };
  Object.assign(globalThis, { [SWITCH]: (key: string, regex: RegExp): RegExp => new Switchable(regex, regex.flags, key, switches) });
  registerHooks({
    load(url, context, next) {
      const path = url.startsWith("file:") ? fileURLToPath(url) : "";
      const name = relative(join(ROOT, "src"), path).split(sep).join("/");
      const loaded = next(url, context);
      if (!name.endsWith(".ts") || !ROOMS.some((room) => name.startsWith(`${room}/`))) return loaded;
      return { ...loaded, source: withSwitches(String(loaded.source), path, switches) };
    },
  });
  return switches;
}

const SWITCH = "reckonerSwitch";

function withSwitches(code: string, path: string, { all }: Switches): string {
  const { patterns } = contentsOf(ROOT, path);
  const parts = [...patterns].sort((left, right) => right.start - left.start);
  return parts.reduce((text, { file, line, name, start, end }) => {
    const key = `${file}:${line} ${name ?? ""}`.trim();
    all.add(key);
    return `${text.slice(0, start)}globalThis.${SWITCH}(${JSON.stringify(key)}, ${text.slice(start, end)})${text.slice(end)}`;
  }, code);
}

/** A pattern that can be off. Copies that `matchAll` and `split` make of it are the same switch. */
class Switchable extends RegExp {
  readonly #key: string;
  readonly #switches: Switches;

  constructor(regex: RegExp | string, flags: string, key = "", switches: Switches | null = null) {
    super(regex, flags);
    const origin = regex instanceof Switchable ? regex : null;
    this.#key = origin === null ? key : origin.#key;
    this.#switches = origin === null ? (switches ?? { off: null, met: new Set(), all: new Set() }) : origin.#switches;
  }

  override exec(text: string): RegExpExecArray | null {
    if (this.#switches.off === this.#key) {
      this.lastIndex = 0;
      return null;
    }
    const match = super.exec(text);
    if (match !== null) this.#switches.met.add(this.#key);
    return match;
  }
}
