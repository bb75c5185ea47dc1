/** What keys do; a reviewer can put other keys on them, and the browser remembers. */
export const ACTIONS = [
  ["next", "j", "next claim"],
  ["previous", "k", "claim before"],
  ["confirmed", "c", "error"],
  ["fine", "f", "fine"],
  ["misread", "m", "misread"],
  ["unsure", "u", "unsure"],
  ["undo", "z", "undo"],
  ["redo", "y", "redo"],
  ["note", "n", "note"],
  ["edit", "e", "edit a number"],
  ["filter", "/", "filter"],
  ["keys", "?", "keys"],
] as const;

export type Action = (typeof ACTIONS)[number][0];
export type Keymap = Readonly<Record<Action, string>>;

const PLACE = "reckoner-keys";

/** The usual keys with those of the reviewer in their place. */
export function loadKeymap(): Keymap {
  const usual = Object.fromEntries(ACTIONS.map(([action, key]) => [action, key])) as Record<Action, string>;
  try {
    const own: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "{}");
    for (const [action] of ACTIONS) {
      const key = typeof own === "object" && own !== null ? (own as Record<string, unknown>)[action] : undefined;
      if (typeof key === "string" && key.length === 1) usual[action] = key;
    }
  } catch {
    // What is no JSON was not written by this page; the usual keys stand.
  }
  return usual;
}

/** The keymap with another key on an action; null where the key has an action already, or picks a reading. */
export function withKey(keymap: Keymap, action: Action, key: string): Keymap | null {
  const isTaken = /^[1-9]$/.test(key) || ACTIONS.some(([other]) => other !== action && keymap[other] === key);
  if (key.length !== 1 || isTaken) return null;
  const changed = { ...keymap, [action]: key };
  localStorage.setItem(PLACE, JSON.stringify(changed));
  return changed;
}
