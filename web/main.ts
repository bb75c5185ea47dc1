import { h, render, type VNode } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Correction, call, type Decision, type Entry, type Finding, type Opened } from "./api.ts";
import { DocumentPane } from "./document-pane.ts";
import { DECISIONS, FindingPane } from "./finding-pane.ts";
import { ACTIONS, type Action, loadKeymap, withKey } from "./keymap.ts";
import { QueueList } from "./queue-pane.ts";

interface Queue {
  readonly reviewer: string;
  readonly entries: readonly Entry[];
  readonly decisions: readonly Decision[];
}
interface Answer {
  readonly findings: readonly Finding[];
  readonly changed: readonly string[];
}
interface Change {
  readonly fingerprint: string;
  readonly before: Decision | null;
  readonly after: Decision;
}

function App(): VNode {
  const [queue, setQueue] = useState<Queue>({ reviewer: "", entries: [], decisions: [] });
  const [opened, setOpened] = useState<{ readonly index: number; readonly it: Opened } | null>(null);
  const [at, setAt] = useState(0);
  const [words, setWords] = useState("");
  const [severity, setSeverity] = useState("");
  const [decided, setDecided] = useState("");
  const [corrections, setCorrections] = useState<readonly Correction[]>([]);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [target, setTarget] = useState("");
  const [fault, setFault] = useState("");
  const [done, setDone] = useState<readonly Change[]>([]);
  const [undone, setUndone] = useState<readonly Change[]>([]);
  const [verdict, setVerdict] = useState("");
  const [kind, setKind] = useState("");
  const [keymap, setKeymap] = useState(loadKeymap);
  const sheet = useRef<HTMLDialogElement>(null);
  const load = useCallback(
    () =>
      call<Queue>("queue")
        .then(setQueue)
        .catch((error: Error) => setFault(error.message)),
    [],
  );
  useEffect(() => {
    void load();
  }, [load]);
  const mine = useMemo(
    () => new Map(queue.decisions.filter(({ reviewer }) => reviewer === queue.reviewer).map((line) => [line.fingerprint, line])),
    [queue],
  );
  const entries = useMemo(
    () =>
      queue.entries.filter(
        (entry) =>
          (severity === "" || entry.severity === severity) &&
          (verdict === "" || entry.verdict === verdict) &&
          (kind === "" || entry.kind === kind) &&
          (decided === "" || (mine.get(entry.fingerprint)?.decision ?? "open") === decided) &&
          `${entry.text} ${entry.subject} ${entry.source} ${entry.rule} ${entry.verdict} ${entry.kind}`
            .toLowerCase()
            .includes(words.toLowerCase()),
      ),
    [queue, words, severity, verdict, kind, decided, mine],
  );
  const place = Math.min(at, Math.max(0, entries.length - 1));
  const entry = entries[place];
  useEffect(() => {
    setCorrections([]);
    setAnswer(null);
    if (entry !== undefined && opened?.index !== entry.document)
      call<Opened>(`documents/${entry.document}`)
        .then((it) => setOpened({ index: entry.document, it }))
        .catch((error: Error) => setFault(error.message));
  }, [entry?.document, entry?.id]);
  const it = opened !== null && opened.index === entry?.document ? opened.it : null;
  const finding = it?.wire.findings.find(({ id }) => id === entry?.id);
  useEffect(() => {
    if (finding !== undefined) setTarget(finding.claim);
  }, [finding]);
  const premises =
    finding === undefined ? [] : [...new Set(finding.steps.flatMap(({ from }) => from))].filter((id) => id !== finding.claim);
  const readings = [...new Set(premises)]
    .flatMap((id) => {
      const mention = it?.wire.mentions.find((candidate) => candidate.id === id);
      return mention === undefined || mention.readings.length < 2 ? [] : mention.readings.map(({ unit }) => ({ mention: id, unit }));
    })
    .slice(0, 9);
  const correct = (correction: Correction | null): void => {
    const next = correction === null ? [] : [...corrections, correction];
    setCorrections(next);
    if (correction === null) setAnswer(null);
    else if (entry !== undefined)
      call<Answer>("what-if", { document: entry.document, corrections: next })
        .then(setAnswer)
        .catch((error: Error) => setFault(error.message));
  };
  const save = async (fingerprint: string, line: Pick<Decision, "decision" | "note">): Promise<void> => {
    const { decisions } = await call<{ readonly decisions: readonly Decision[] }>("decisions", {
      fingerprint,
      decision: line.decision,
      note: line.note,
    });
    setQueue((before) => ({ ...before, decisions }));
  };
  const change = (line: Pick<Decision, "decision" | "note">, advance: number): void => {
    if (entry === undefined) return;
    const after = { ...line, fingerprint: entry.fingerprint, reviewer: queue.reviewer };
    setDone([...done, { fingerprint: entry.fingerprint, before: mine.get(entry.fingerprint) ?? null, after }]);
    setUndone([]);
    save(entry.fingerprint, line)
      .then(() => setAt(Math.min(place + advance, entries.length - 1)))
      .catch((error: Error) => setFault(error.message));
  };
  const own = entry === undefined ? undefined : mine.get(entry.fingerprint);
  const decide = (decision: string | null): void =>
    change({ decision, note: own?.note ?? "" }, decision === null || decided !== "" ? 0 : 1);
  const step = (from: readonly Change[], which: "before" | "after"): void => {
    const last = from.at(-1);
    if (last === undefined) return;
    if (which === "before") {
      setDone(from.slice(0, -1));
      setUndone([...undone, last]);
    } else {
      setUndone(from.slice(0, -1));
      setDone([...done, last]);
    }
    const found = entries.findIndex(({ fingerprint }) => fingerprint === last.fingerprint);
    if (found >= 0) setAt(found);
    save(last.fingerprint, last[which] ?? { decision: null, note: "" }).catch((error: Error) => setFault(error.message));
  };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const inField = event.target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (inField) {
        if (event.key === "Escape") (event.target as HTMLElement).blur();
        return;
      }
      const action = ACTIONS.find(([id]) => keymap[id] === event.key)?.[0];
      const choice = DECISIONS.find(([id]) => id === action);
      const reading = readings[Number(event.key) - 1];
      if (action === "next") setAt(Math.min(place + 1, entries.length - 1));
      else if (action === "previous") setAt(Math.max(place - 1, 0));
      else if (choice !== undefined) decide(choice[0]);
      else if (action === "undo") step(done, "before");
      else if (action === "redo") step(undone, "after");
      else if (reading !== undefined) correct({ kind: "reading", ...reading });
      else if (action === "note") document.getElementById("note")?.focus();
      else if (action === "edit") document.querySelector<HTMLElement>("input.value")?.focus();
      else if (action === "filter") document.getElementById("filter")?.focus();
      else if (action === "keys") sheet.current?.showModal();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  // What was dropped or pasted last can be checked again by the paper it talks about.
  const [dropped, setDropped] = useState<Blob | null>(null);
  const check = useCallback(
    (file: Blob, name: string, against: File | null): void => {
      const form = new FormData();
      form.set("file", file, name);
      if (against !== null) form.set("against", against);
      call<{ readonly document: number; readonly wire: Opened["wire"] }>("check", form)
        .then(async ({ document, wire }) => {
          await load();
          setWords("");
          setDropped(file);
          setFault(`checked: ${wire.findings.length} findings in document ${document + 1}${against === null ? "" : ` by ${against.name}`}`);
        })
        .catch((error: Error) => setFault(error.message));
    },
    [load],
  );
  useEffect(() => {
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      for (const file of event.dataTransfer?.files ?? []) check(file, file.name, null);
    };
    const over = (event: DragEvent): void => event.preventDefault();
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text.length > 20 && !(event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement))
        check(new Blob([text]), "pasted text.txt", null);
    };
    addEventListener("drop", drop);
    addEventListener("dragover", over);
    addEventListener("paste", paste);
    return () => {
      removeEventListener("drop", drop);
      removeEventListener("dragover", over);
      removeEventListener("paste", paste);
    };
  }, [check]);
  const attach = (event: Event): void => {
    const paper = (event.currentTarget as HTMLInputElement).files?.[0];
    if (dropped !== null && paper !== undefined) check(dropped, dropped instanceof File ? dropped.name : "pasted text.txt", paper);
  };
  const remap =
    (action: Action) =>
    (event: Event): void => {
      const changed = withKey(keymap, action, value(event));
      if (changed !== null) setKeymap(changed);
    };
  const value = (event: Event): string => (event.currentTarget as HTMLInputElement).value;
  const ready = queue.entries.filter(({ fingerprint }) => (mine.get(fingerprint)?.decision ?? null) !== null).length;
  const now =
    answer === null
      ? (finding ?? null)
      : (answer.findings.find((candidate) => candidate.rule === finding?.rule && candidate.claim === finding?.claim) ?? null);
  return h(
    "div",
    { style: { display: "contents" } },
    h(
      "header",
      null,
      h("h1", null, "reckoner review"),
      h("progress", { value: ready, max: Math.max(1, queue.entries.length), "aria-label": "decided" }),
      h("span", { class: "dim" }, `${ready} of ${queue.entries.length} decided`),
      h("span", { class: "grow", role: "status" }, fault),
      dropped === null
        ? null
        : h("label", { class: "attach" }, "by the paper ", h("input", { id: "against", type: "file", onChange: attach })),
      ["markdown", "csv", "json", "note", "reviews", "claimreview", "annotations"].map((format) =>
        h("a", { href: `/api/export/${format}`, target: "_blank", rel: "noreferrer" }, format),
      ),
      h("span", { class: "dim" }, queue.reviewer),
    ),
    h(
      "nav",
      { class: "pane queue", "aria-label": "Queue" },
      h(
        "div",
        { class: "filters" },
        h("input", {
          id: "filter",
          placeholder: "Filter: words, rule, verdict, file  ( / )",
          "aria-label": "Filter",
          value: words,
          onInput: (event: Event) => setWords(value(event)),
        }),
        picker("severity", severity, setSeverity, ["error", "warning", "note"]),
        picker("verdict", verdict, setVerdict, valuesOf(queue.entries, "verdict")),
        picker("kind", kind, setKind, valuesOf(queue.entries, "kind")),
        picker("decision", decided, setDecided, ["open", ...DECISIONS.map(([id]) => id)]),
      ),
      h(QueueList, { entries, at: place, decided: (fingerprint: string) => mine.get(fingerprint)?.decision ?? null, choose: setAt }),
    ),
    h(
      "main",
      { class: "pane document", tabIndex: 0, "aria-label": "Document" },
      it === null || finding === undefined || entry === undefined
        ? h("p", null, "Nothing flagged here. Drop a PDF or paste an excerpt to check it.")
        : h(DocumentPane, { key: entry.document, index: entry.document, opened: it, claim: finding.claim, premises, target }),
    ),
    it === null || finding === undefined || entry === undefined
      ? h("section", { class: "pane finding" })
      : h(FindingPane, {
          key: `${entry.document} ${entry.id}`,
          place: `${entry.document} ${entry.id}`,
          opened: it,
          finding,
          now,
          readings,
          corrections,
          changed: answer?.changed.length ?? 0,
          decision: own?.decision ?? null,
          note: own?.note ?? "",
          correct,
          decide,
          saveNote: (note: string) => change({ decision: own?.decision ?? null, note }, 0),
          show: setTarget,
        }),
    h(
      "footer",
      null,
      ACTIONS.map(([action, , what]) => h("span", null, h("kbd", null, keymap[action]), ` ${what}`)),
      h("span", null, h("kbd", null, "1-9"), " reading"),
    ),
    h(
      "dialog",
      { ref: sheet, "aria-label": "Keys" },
      h("h2", null, "Keys"),
      ACTIONS.map(([action, , what]) =>
        h(
          "p",
          null,
          h(
            "label",
            null,
            h("input", { class: "key", maxLength: 1, value: keymap[action], "data-action": action, onInput: remap(action) }),
            ` ${what}`,
          ),
        ),
      ),
      h("p", null, h("kbd", null, "1-9"), " reading"),
      h("form", { method: "dialog" }, h("button", null, "Close")),
    ),
  );
}

/** A choice among values; the first is any. */
function picker(name: string, value: string, choose: (value: string) => void, values: readonly string[]): VNode {
  return h(
    "select",
    {
      "aria-label": `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      value,
      onChange: (event: Event) => choose((event.currentTarget as HTMLSelectElement).value),
    },
    h("option", { value: "" }, `any ${name}`),
    values.map((id) => h("option", { value: id }, id)),
  );
}

function valuesOf(entries: readonly Entry[], key: "verdict" | "kind"): readonly string[] {
  return [...new Set(entries.map((entry) => entry[key]))].sort();
}

const root = document.getElementById("app");
if (root !== null) render(h(App, null), root);
