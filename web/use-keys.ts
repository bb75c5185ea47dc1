import { useEffect, useRef } from "preact/hooks";
import { ACTIONS, type Action, type Keymap } from "./keymap.ts";

/** Keys that do the same wherever they are put. */
const ALWAYS: Readonly<Record<string, Action>> = { ArrowDown: "next", ArrowUp: "previous" };

/** Lets keys act while no field and no dialog has them. Escape leaves a field; a number that was being typed is dropped. */
export function useKeys(keymap: Keymap, act: (action: Action) => void, digit: (digit: number) => void): void {
  // What the last drawing of the page knows: whoever types fast does not wait until effects have run.
  const latest = useRef({ keymap, act, digit });
  latest.current = { keymap, act, digit };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") !== null) return;
      const field = event.target;
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) {
        if (event.key !== "Escape") return;
        if (field instanceof HTMLInputElement && field.classList.contains("value")) field.value = field.defaultValue;
        field.blur();
        return;
      }
      const always = field instanceof HTMLElement && field.classList.contains("pane") ? undefined : ALWAYS[event.key];
      const action = always ?? ACTIONS.find(([id]) => latest.current.keymap[id] === event.key)?.[0];
      if (action !== undefined) latest.current.act(action);
      else if (/^[1-9]$/.test(event.key)) latest.current.digit(Number(event.key));
      else if (event.key === " " && !(field instanceof HTMLButtonElement || field instanceof HTMLAnchorElement))
        scrollDocument(event.shiftKey);
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

/** Part of what is in view that a step of the document moves by. */
const SCROLL_SHARE = 0.8;

function scrollDocument(isUp: boolean): void {
  const pane = document.querySelector("main");
  pane?.scrollBy({ top: (isUp ? -SCROLL_SHARE : SCROLL_SHARE) * pane.clientHeight });
}
