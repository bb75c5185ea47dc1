import { options, type VNode } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { WireDocument } from "../src/report/wire.ts";
import { AddClaimSheet } from "./add-claim.tsx";
import { type Agreement, type Choice, call, type Entry, type Marked } from "./api.ts";
import { type CheckRequest, CheckSheet, type Dropped } from "./check-sheet.tsx";
import { claimMarks } from "./claim-marks.ts";
import { CHOICES } from "./decision-bar.tsx";
import { FailuresSheet, KeysSheet, ReviewersSheet, Sheet } from "./dialogs.tsx";
import { DocumentPane } from "./document-pane.tsx";
import { ExportSheet } from "./export-sheet.tsx";
import { nameOf } from "./figure-words.ts";
import { Filters, filtered, isFlagged, USUAL_FILTER } from "./filters.tsx";
import { FindingPane } from "./finding-pane.tsx";
import { Header, Hints, Nothing } from "./frame.tsx";
import { HistoryLines } from "./history-lines.tsx";
import { showDocumentPane } from "./in-pane.ts";
import { type Action, loadKeymap, usualKeymap, withKey } from "./keymap.ts";
import { asMarked, selectedPlace } from "./page-selection.ts";
import { QueueList } from "./queue-pane.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import { useDocument } from "./use-document.ts";
import { useDrops } from "./use-drops.ts";
import { type AddedClaim, claimOf, NO_JUDGEMENT, type Step, standingAfter, useHistory } from "./use-history.ts";
import { useKeys } from "./use-keys.ts";
import { useQueue } from "./use-queue.ts";
import { findingNow, useWhatIf } from "./use-what-if.ts";
import { type Edit, readingChoices, readingEdit } from "./what-if-fields.tsx";

type SheetName = "add" | "keys" | "history" | "reviewers" | "export" | "failures" | "open" | "reason";

/** Sizes of the document, of which 1 fills its pane. */
const ZOOMS = [0.75, 1, 1.25, 1.5, 2, 3] as const;

const keyOf = ({ document, fingerprint }: Entry): string => `${document} ${fingerprint}`;

/** Makes a change, and draws what comes of it before the next event. */
function drawnAtOnce(change: () => void): void {
  const { debounceRendering } = options;
  options.debounceRendering = (draw) => draw();
  try {
    change();
  } finally {
    if (debounceRendering === undefined) delete options.debounceRendering;
    else options.debounceRendering = debounceRendering;
  }
}

/** Queue, document and finding, worked by keys. */
export function App(): VNode {
  const queue = useQueue();
  const { judgements, reviewer, refresh } = queue;
  const [filter, setFilter] = useState(USUAL_FILTER);
  const [current, setCurrent] = useState<string | null>(null);
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const [status, setStatus] = useState("");
  const [keymap, setKeymap] = useState(loadKeymap);
  const [target, setTarget] = useState("");
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const [agreements, setAgreements] = useState<readonly Agreement[]>([]);
  const [zoom, setZoom] = useState(1);
  const [isFinding, setFinding] = useState(false);
  const [marked, setMarked] = useState<Marked | null>(null);
  const history = useHistory(judgements, reviewer);
  /** Findings whose decision is on its way to the server. */
  const underWay = useRef(new Set<string>());

  const ranked = useMemo(() => [...queue.entries].sort((left, right) => left.rank - right.rank), [queue.entries]);
  const isBusy = queue.progress.done < queue.progress.total;
  // Where nothing is flagged, what was read and judged is there to be looked at.
  const isClean = !isBusy && !ranked.some(isFlagged);
  const entries = useMemo(
    () => filtered(ranked, isClean && filter === USUAL_FILTER ? { ...filter, verdict: "" } : filter, judgements, reviewer),
    [ranked, isClean, filter, judgements, reviewer],
  );
  const decided = useMemo(
    () => entries.filter(({ fingerprint }) => judgements.standing.get(fingerprint)?.get(reviewer)?.decision != null).length,
    [entries, judgements, reviewer],
  );
  // What leaves the filter by a decision leaves its place to the next one.
  const lastPlace = useRef(0);
  const found = entries.findIndex((entry) => keyOf(entry) === current);
  const place = found >= 0 ? found : Math.max(0, Math.min(lastPlace.current, entries.length - 1));
  lastPlace.current = place;
  const entry = entries[place];
  const entryKey = entry === undefined ? null : keyOf(entry);
  // Drawn at once, so that the next key, however fast it comes, is for the claim that is shown.
  const go = (to: Entry | undefined): void => {
    if (to !== undefined) drawnAtOnce(() => setCurrent(keyOf(to)));
  };

  const opened = useDocument(entry ?? null, entries[place + 1] ?? null, setStatus);
  const judged = opened === null ? [] : [...opened.wire.findings, ...(opened.wire.withheld ?? [])];
  const finding =
    judged.find(({ id, fingerprint }) => id === entry?.id && fingerprint === entry?.fingerprint) ??
    judged.find(({ fingerprint }) => fingerprint === entry?.fingerprint);
  const corrected = (entry === undefined ? undefined : judgements.corrected.get(entry.fingerprint)) ?? [];
  const whatIf = useWhatIf(entryKey, entry ?? null, opened?.wire ?? null, corrected, setStatus);
  const now = finding === undefined ? null : findingNow(finding, whatIf);
  const ids =
    finding === undefined
      ? []
      : [...new Set([finding.claim, ...finding.steps.flatMap(({ from }) => from), ...(now?.steps.flatMap(({ from }) => from) ?? [])])];
  const mentions = ids.flatMap((id) => opened?.wire.mentions.find((mention) => mention.id === id) ?? []);
  const claims = useMemo(() => (opened === null ? [] : claimMarks(opened.wire)), [opened?.wire]);
  const readings = readingChoices(mentions.slice(1));
  // The claim that is looked at stays, whatever comes in above it.
  const shownKey = finding === undefined ? null : entryKey;
  useEffect(() => {
    // A claim that was gone to since is not left again.
    if (shownKey !== null) setCurrent((now) => (now !== null && entries.some((each) => keyOf(each) === now) ? now : shownKey));
  }, [shownKey]);
  useEffect(() => setTarget(finding?.claim ?? ""), [entryKey, finding?.claim]);

  const isShared = new Set([...judgements.decisions.values()].map((line) => line.reviewer)).size > 1;
  useEffect(() => {
    if (isShared)
      call<{ readonly agreements: readonly Agreement[] }>("decisions")
        .then((answer) => setAgreements(answer.agreements))
        .catch((error: Error) => setStatus(error.message));
  }, [isShared, judgements]);

  const act = async (step: Step): Promise<boolean> => {
    try {
      await history.act(step);
      setStatus("");
      await refresh();
      return true;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      setStatus(`Not kept: ${error.message}`);
      void refresh();
      return false;
    }
  };
  const own = entry === undefined ? undefined : judgements.standing.get(entry.fingerprint)?.get(reviewer);
  const standing = own === undefined ? NO_JUDGEMENT : { decision: own.decision, reason: own.reason, note: own.note };
  /** The next claim that is open; where all below are decided, the first open one. */
  const nextOpen = (): Entry | undefined => {
    const isOpen = (each: Entry): boolean =>
      each !== entry &&
      !underWay.current.has(each.fingerprint) &&
      (judgements.standing.get(each.fingerprint)?.get(reviewer)?.decision ?? null) === null;
    // While documents are checked, what weighs more may have come in above.
    return (isBusy ? undefined : entries.slice(place + 1).find(isOpen)) ?? entries.find(isOpen);
  };
  const judge = async (decision: Choice | null, reason: string): Promise<void> => {
    if (entry === undefined) return;
    const next = decision === null ? entry : nextOpen();
    underWay.current.add(entry.fingerprint);
    // Without waiting for the server, so that the next key is for the next claim.
    go(next ?? entry);
    const isKept = await act({
      kind: "decision",
      fingerprint: entry.fingerprint,
      before: standing,
      after: { ...standing, decision, reason },
    });
    underWay.current.delete(entry.fingerprint);
    if (!isKept) go(entry);
    else if (next === undefined) setStatus("Every claim here is decided.");
  };
  const decide = (choice: Choice): void => (choice === "fine" ? setSheet("reason") : void judge(choice, ""));
  const correct = (edit: Edit): void => {
    if (entry !== undefined) void act({ kind: "correction", fingerprint: entry.fingerprint, edit, before: standingAfter(corrected, edit) });
  };
  /** Goes to a claim, also to one that the filter keeps back. */
  const reveal = (to: Entry): void => {
    if (!entries.some((each) => keyOf(each) === keyOf(to))) setFilter({ ...USUAL_FILTER, verdict: "" });
    setCurrent(keyOf(to));
  };
  /** Asks what is marked to be, so that it can be added. */
  const mark = async (): Promise<void> => {
    const pages = opened?.places?.parts[0]?.pages ?? [];
    const place = selectedPlace((page) => pages[page - 1] ?? null);
    if (opened !== null && opened.places === null) return setStatus("The document is still being read; try again in a moment.");
    if (opened === null || place === null) return setStatus("Mark the words of a claim in the document first, then add it.");
    try {
      setMarked(await call<Marked>("marked", asMarked(opened.index, place)));
      setSheet("add");
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      setStatus(error.message);
    }
  };
  const add = async (claim: AddedClaim): Promise<void> => {
    await history.act({ kind: "addition", fingerprint: "", claim, before: false, after: true });
    close();
    setStatus("Added, and checked with the rest.");
    setWanted({ document: claim.document, text: marked?.text ?? "" });
    await refresh();
  };
  const takeBackClaim = (): void => {
    const line =
      entry === undefined
        ? undefined
        : [...judgements.additions.values()].findLast(
            (each) => !each.removed && each.document === entry.document && each.text === entry.text,
          );
    const claim = line === undefined ? null : claimOf(line);
    if (claim !== null) void act({ kind: "addition", fingerprint: "", claim, before: true, after: false });
  };
  const step = (way: "undo" | "redo"): void => {
    history[way]()
      .then(async (moved) => {
        await refresh();
        const undone = moved === null ? undefined : ranked.find(({ fingerprint }) => fingerprint === moved.fingerprint);
        if (moved === null) setStatus(`Nothing to ${way}.`);
        else if (undone !== undefined) reveal(undone);
      })
      .catch((error: Error) => setStatus(`Not kept: ${error.message}`));
  };
  const check = useCallback(
    ({ file, name, against }: CheckRequest): Promise<void> => {
      const form = new FormData();
      form.set("file", file, name);
      if (against !== null) form.set("against", against);
      setSheet(null);
      setStatus(`checking ${name} …`);
      return call<{ readonly document: number; readonly wire: WireDocument }>("check", form)
        .then(async ({ document, wire }) => {
          await refresh();
          // What says nothing that could be checked leaves the reviewer where they are.
          if (wire.findings.length > 0) {
            setFilter({ ...USUAL_FILTER, verdict: "", document: String(document) });
            setCurrent(null);
            lastPlace.current = 0;
          }
          setDropped({ file, name });
          const flagged = wire.findings.filter(isFlagged).length;
          const source = against === null ? "" : ` by ${against.name}`;
          const failure = wire.problems[0]?.message;
          setStatus(
            wire.status === "failed"
              ? `not read: ${failure ?? name}`
              : `checked ${nameOf(name)}${source}: ${wire.coverage.claims} ${wire.coverage.claims === 1 ? "claim" : "claims"}, ${flagged} flagged`,
          );
        })
        .catch((error: Error) => setStatus(error.message));
    },
    [refresh],
  );
  // One after the other, in the order in which they lie there.
  const dropsUnderWay = useRef<Promise<void>>(Promise.resolve());
  const takeDrop = useCallback(
    (each: Dropped): void => {
      dropsUnderWay.current = dropsUnderWay.current.then(() => check({ ...each, against: null }));
    },
    [check],
  );
  // What was added is gone to as soon as it is in the queue.
  const [wanted, setWanted] = useState<{ readonly document: number; readonly text: string } | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    const claim = ranked.find(({ document, text, added }) => added !== null && document === wanted.document && text === wanted.text);
    if (claim === undefined) return;
    setWanted(null);
    reveal(claim);
  }, [wanted, ranked]);
  // Drawn at once, so that what is typed next is looked for.
  const openFind = (): void => {
    drawnAtOnce(() => setFinding(true));
    document.querySelector<HTMLElement>("#find")?.focus();
  };
  // The find of the browser knows only the pages that are drawn; pressed again in the field, it is what opens.
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== "f" || !(event.ctrlKey || event.metaKey) || document.activeElement?.id === "find") return;
      if (document.querySelector("dialog[open]") !== null || document.querySelector("#open-find") === null) return;
      event.preventDefault();
      openFind();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  const isOver = useDrops(takeDrop);
  const show = (mention: string): void => {
    setTarget(mention);
    showDocumentPane();
  };
  const showNext = (): void => show(ids[(ids.indexOf(target) + 1) % Math.max(1, ids.length)] ?? "");
  const press = (selector: string): void => document.querySelector<HTMLElement>(selector)?.click();
  const focus = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();
  const onAction = (action: Action): void => {
    const choice = CHOICES.find((each) => each === action);
    if (choice !== undefined) decide(choice);
    else if (action === "next") go(entries[place + 1]);
    else if (action === "previous") go(entries[place - 1]);
    else if (action === "undo" || action === "redo") step(action);
    else if (action === "note") focus("#note");
    else if (action === "edit") focus(".finding input.value");
    else if (action === "price") focus("#provider");
    else if (action === "filter") focus("#filter");
    else if (action === "where") showNext();
    else if (action === "add") void mark();
    else if (action === "find") openFind();
    else if (action === "pageBefore") press("#page-before");
    else if (action === "pageAfter") press("#page-after");
    else if (action === "larger") setZoom(ZOOMS.find((each) => each > zoom) ?? zoom);
    else if (action === "smaller") setZoom(ZOOMS.findLast((each) => each < zoom) ?? zoom);
    else if (action !== "confirmed" && action !== "fine" && action !== "misread" && action !== "unsure") setSheet(action);
  };
  useKeys(keymap, onAction, (digit) => {
    const choice = readings[digit - 1];
    if (choice !== undefined) correct(readingEdit(choice, corrected));
  });

  /** Closes a sheet; one that has been opened since stays. */
  const closing = (name: SheetName) => (): void => setSheet((now) => (now === name ? null : now));
  const close = closing(sheet ?? "keys");
  const remap = (action: Action, key: string): boolean => {
    const changed = withKey(keymap, action, key);
    if (changed !== null) setKeymap(changed);
    return changed !== null;
  };
  return (
    <>
      <Header {...{ queue, decided, status, agreements, open: setSheet }} total={entries.length} />
      <nav class="pane queue" aria-label="Queue">
        <Filters filter={filter} entries={ranked} change={setFilter} />
        <QueueList entries={entries} at={place} judgements={judgements} reviewer={reviewer} choose={(index) => go(entries[index])} />
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys. */}
      <main class={`pane document${isOver ? " over" : ""}`} tabIndex={0} aria-label="Document">
        {opened === null || finding === undefined ? (
          <Nothing
            queue={queue}
            isFiltered={entries.length === 0 && ranked.length > 0}
            isLoading={entry !== undefined}
            reset={() => setFilter(USUAL_FILTER)}
            check={(request) => void check(request)}
          />
        ) : (
          <DocumentPane
            {...{ opened, finding, target, zoom, claims, keymap, isFinding, setFinding }}
            add={() => void mark()}
            fail={setStatus}
            marked={mentions}
            show={show}
            openClaim={(fingerprint) => {
              const claim = ranked.find((each) => each.document === opened.index && each.fingerprint === fingerprint);
              if (claim !== undefined) reveal(claim);
            }}
          />
        )}
        {isOver ? <p class="drop">Drop it to have it checked</p> : null}
      </main>
      {opened === null || finding === undefined || entry === undefined ? (
        <section class="pane finding" aria-label="Finding" />
      ) : (
        <FindingPane
          key={entryKey ?? ""}
          {...{ opened, finding, now, whatIf, judgements, reviewer, corrected, readings, mentions, keymap, correct, decide }}
          takeBackDecision={() => void judge(null, "")}
          fingerprint={entry.fingerprint}
          doubt={entry.doubt}
          added={entry.added}
          takeBackClaim={takeBackClaim}
          providers={queue.providers}
          takeBack={({ kind, mention, text, slot, before }) => correct({ kind, mention, text, slot, before, after: null })}
          saveNote={(note) =>
            void act({ kind: "decision", fingerprint: entry.fingerprint, before: standing, after: { ...standing, note } })
          }
          show={show}
          restore={(to) => void act(to)}
        />
      )}
      <Hints keymap={keymap} />
      {sheet === "keys" ? <KeysSheet keymap={keymap} remap={remap} reset={() => setKeymap(usualKeymap())} close={close} /> : null}
      {sheet === "reviewers" ? (
        <ReviewersSheet
          {...{ judgements, agreements, reviewer, close }}
          entries={ranked}
          go={(to) => {
            setFilter({ ...USUAL_FILTER, verdict: "", decision: "disagreed" });
            go(to);
            close();
          }}
          rename={queue.rename}
        />
      ) : null}
      {sheet === "export" ? (
        <ExportSheet
          pdf={
            opened === null || opened.wire.mediaType !== "application/pdf"
              ? null
              : { index: opened.index, name: nameOf(opened.wire.source) }
          }
          close={close}
        />
      ) : null}
      {sheet === "history" ? (
        <Sheet title="History" close={close}>
          {judgements.decisions.size + judgements.corrections.size + judgements.additions.size === 0 ? (
            <p>Nothing was decided, corrected or added so far.</p>
          ) : null}
          <HistoryLines
            {...{ judgements, reviewer }}
            fingerprint={null}
            entries={ranked}
            restore={(to) => void act(to)}
            go={(to) => {
              reveal(to);
              close();
            }}
          />
        </Sheet>
      ) : null}
      {sheet === "add" && marked !== null && opened !== null ? (
        <AddClaimSheet
          {...{ marked, add, close }}
          document={opened.index}
          units={queue.units}
          models={[...new Set(opened.wire.mentions.flatMap(({ subject }) => subject ?? []))]}
        />
      ) : null}
      {sheet === "failures" ? <FailuresSheet failed={queue.progress.failed} close={close} /> : null}
      {sheet === "open" ? <CheckSheet dropped={dropped} check={(request) => void check(request)} close={close} /> : null}
      {sheet === "reason" ? (
        <ReasonDialog
          before={standing.decision === "fine" ? standing.reason : ""}
          answer={(reason) => {
            close();
            if (reason !== null) void judge("fine", reason);
          }}
        />
      ) : null}
    </>
  );
}
