import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Sheet } from "./dialogs.tsx";

const EXPORTS = [
  ["markdown", "Markdown", "a page with every claim that was decided, corrected or added, and why"],
  ["csv", "CSV", "a table for spreadsheets"],
  ["json", "JSON", "everything, for programs"],
  ["annotations", "Web Annotations", "notes on quotes (W3C Web Annotation)"],
  ["claimreview", "ClaimReview", "fact checks as search engines read them (schema.org)"],
  ["reviews", "Decisions", "for “reckoner check --reviews” and “reckoner batch --reviews”"],
  ["suppressions", "Suppressions", "what is fine or misread, to be put beside the papers"],
] as const;

/** What reviewers left, for others. */
export function ExportSheet(props: {
  /** The document that is looked at, where it is a PDF. */
  readonly pdf: { readonly index: number; readonly name: string } | null;
  readonly close: () => void;
}): VNode {
  const { pdf, close } = props;
  const [note, setNote] = useState("");
  const [isCopied, setIsCopied] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    fetch("/api/export/note")
      .then((answer) => answer.text())
      .then(setNote)
      .catch(() => setNote("The server does not answer."));
  }, []);
  const copy = async (): Promise<void> => {
    field.current?.select();
    // Only pages of this machine may write to the clipboard; elsewhere the text is selected, and the reviewer copies it.
    if (navigator.clipboard === undefined) return;
    await navigator.clipboard.writeText(note);
    setIsCopied(true);
  };
  return (
    <Sheet title="Export" close={close}>
      <label class="note">
        Note to the authors, of what was confirmed
        <textarea id="authors" ref={field} rows={7} readOnly value={note} />
      </label>
      <p>
        <button type="button" id="copy" onClick={() => void copy()}>
          Copy the note
        </button>{" "}
        <a href="/api/export/note">Save the note</a> <span role="status">{isCopied ? "copied" : ""}</span>
      </p>
      <ul class="exports">
        {pdf === null ? null : (
          <li>
            <a id="annotated" href={`/api/documents/${pdf.index}/annotated`} download>
              Annotated PDF
            </a>
            <span class="dim">{pdf.name} with findings and decisions as notes</span>
          </li>
        )}
        {EXPORTS.map(([format, name, what]) => (
          <li key={format}>
            <a href={`/api/export/${format}`}>{name}</a>
            <span class="dim">{what}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
