import { useEffect, useState } from "preact/hooks";
import { type Dropped, pasted } from "./check-sheet.tsx";

/** Fewer characters are no excerpt, but a slip of the hand. */
const SHORTEST_EXCERPT = 20;

/** Takes files that are dropped and text that is pasted anywhere on the page; true while something is held over it. */
export function useDrops(take: (dropped: Dropped) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const drop = (event: DragEvent): void => {
      setIsOver(false);
      // A field for files takes what is dropped on it by itself.
      if (isFileField(event.target)) return;
      event.preventDefault();
      for (const file of event.dataTransfer?.files ?? []) take({ file, name: file.name });
    };
    const over = (event: DragEvent): void => {
      const isTaken = isFileField(event.target);
      setIsOver(!isTaken);
      if (!isTaken) event.preventDefault();
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (text.length > SHORTEST_EXCERPT && !isField) take(pasted(text));
    };
    addEventListener("drop", drop);
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("paste", paste);
    return () => {
      removeEventListener("drop", drop);
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("paste", paste);
    };
  }, [take]);
  return isOver;
}

function isFileField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === "file";
}
