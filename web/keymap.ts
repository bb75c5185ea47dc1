/** What keys do; a reviewer can put other keys on them, and the browser remembers. */
export const ACTIONS = [
  ["next", "j", "next claim"],
  ["previous", "k", "previous claim"],
  ["confirmed", "c", "confirm the error"],
  ["fine", "f", "fine as it is"],
  ["misread", "m", "misread"],
  ["unsure", "u", "unsure"],
  ["undo", "z", "undo"],
  ["redo", "y", "redo"],
  ["note", "n", "note"],
  ["edit", "e", "edit a number"],
  ["where", "w", "see the next figure"],
  ["price", "p", "prices"],
  ["add", "a", "add the marked claim"],
  ["find", "s", "find in the document"],
  ["pageBefore", "[", "previous page"],
  ["pageAfter", "]", "next page"],
  ["larger", "+", "zoom in"],
  ["smaller", "-", "zoom out"],
  ["filter", "/", "filter"],
  ["open", "o", "check a document"],
  ["history", "h", "history"],
  ["reviewers", "r", "reviewers"],
  ["export", "x", "export"],
  ["keys", "?", "all keys"],
] as const;

export type Action = (typeof ACTIONS)[number][0];
export type Keymap = Readonly<Record<Action, string>>;

const PLACE = "reckoner-keys";

/** The usual keys with those of the reviewer in their place. */
export function loadKeymap(): Keymap {
  const usual = Object.fromEntries(ACTIONS.map(([action, key]) => [action, key])) as Record<Action, string>;
  const own = storedKeys();
  for (const [action] of ACTIONS) {
    const key = own[action];
    if (typeof key === "string" && key.length === 1) usual[action] = key;
  }
  return usual;
}

/** What is no JSON was not written by this page; the usual keys stand. */
function storedKeys(): Readonly<Record<string, unknown>> {
  try {
    const own: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "{}");
    return typeof own === "object" && own !== null ? { ...own } : {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {};
  }
}

/** The usual keys again. */
export function usualKeymap(): Keymap {
  localStorage.removeItem(PLACE);
  return loadKeymap();
}

/** The keymap with another key on an action; null where the key has an action already, or picks a reading. */
export function withKey(keymap: Keymap, action: Action, key: string): Keymap | null {
  const isTaken = /^[0-9 ]$/.test(key) || ACTIONS.some(([other]) => other !== action && keymap[other] === key);
  if (key.length !== 1 || isTaken) return null;
  const changed = { ...keymap, [action]: key };
  localStorage.setItem(PLACE, JSON.stringify(changed));
  return changed;
}
