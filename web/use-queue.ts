import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { call, type Entry, ownName, type Progress, type QueueNews, ServerGone, setOwnName } from "./api.ts";
import { type Judgements, lastId, NO_JUDGEMENTS, withLines } from "./judgements.ts";

/** Milliseconds between looks at the server: while documents are checked, and later. */
const BUSY_INTERVAL = 700;
const QUIET_INTERVAL = 3000;

export interface Queue {
  readonly entries: readonly Entry[];
  readonly judgements: Judgements;
  readonly progress: Progress;
  readonly providers: readonly string[];
  /** The units of each kind that a claim may be added of. */
  readonly units: QueueNews["units"];
  readonly reviewer: string;
  /** Why the server does not answer as it should; empty while it does. */
  readonly gone: string;
  /** Whether the server has answered at all. */
  readonly isLoaded: boolean;
  /** Gets what is new, now. */
  readonly refresh: () => Promise<void>;
  /** Decides under another name from here on; an empty one is that of the server. */
  readonly rename: (name: string) => void;
}

interface Known {
  /** Those that hold: of a document that was checked again, the last. */
  readonly entries: readonly Entry[];
  /** How many came, by whose number the server is asked for more. */
  readonly seen: number;
  readonly judgements: Judgements;
  readonly progress: Progress;
  readonly providers: readonly string[];
  readonly units: QueueNews["units"];
  readonly reviewer: string;
}

const NOTHING: Known = {
  entries: [],
  seen: 0,
  judgements: NO_JUDGEMENTS,
  progress: { total: 0, done: 0, failed: [] },
  providers: [],
  units: {},
  reviewer: "",
};

/** The queue and all that reviewers left, kept up to date: other servers may write to the same store. */
export function useQueue(): Queue {
  const known = useRef(NOTHING);
  const [shown, setShown] = useState<Known | null>(null);
  const [gone, setGone] = useState("");
  const [name, setName] = useState(ownName);
  const running = useRef<Promise<void>>(Promise.resolve());
  const waiting = useRef<Promise<void> | null>(null);
  const look = useCallback(async (): Promise<void> => {
    try {
      const { seen, judgements } = known.current;
      const last = {
        decided: lastId(judgements.decisions),
        corrected: lastId(judgements.corrections),
        added: lastId(judgements.additions),
      };
      const news = await call<QueueNews>(
        `queue?${new URLSearchParams(Object.entries({ since: seen, ...last }).map(([name, id]) => [name, String(id)]))}`,
      );
      const next = withNews(known.current, news);
      if (next !== known.current) setShown(next);
      known.current = next;
      setGone("");
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      setGone(error instanceof ServerGone ? "The server does not answer. Start it again; what you decide now is not kept." : error.message);
    }
  }, []);
  // One after the other, so that no entry is added twice; of many that wait, one serves all.
  const refresh = useCallback((): Promise<void> => {
    waiting.current ??= running.current.then(() => {
      waiting.current = null;
      running.current = look();
      return running.current;
    });
    return waiting.current;
  }, [look]);
  const isBusy = shown === null || shown.progress.done < shown.progress.total;
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => document.visibilityState === "visible" && void refresh(), isBusy ? BUSY_INTERVAL : QUIET_INTERVAL);
    const look = (): void => void refresh();
    addEventListener("focus", look);
    return () => {
      clearInterval(timer);
      removeEventListener("focus", look);
    };
  }, [refresh, isBusy]);
  const rename = useCallback((own: string): void => {
    setOwnName(own);
    setName(ownName());
  }, []);
  return useMemo(
    () => ({ ...(shown ?? NOTHING), reviewer: name ?? shown?.reviewer ?? "", gone, isLoaded: shown !== null, refresh, rename }),
    [shown, name, gone, refresh, rename],
  );
}

function withNews(known: Known, news: QueueNews): Known {
  const judgements = withLines(known.judgements, news);
  const isSame =
    judgements === known.judgements &&
    news.entries.length === 0 &&
    news.reviewer === known.reviewer &&
    JSON.stringify(news.progress) === JSON.stringify(known.progress);
  if (isSame) return known;
  const entries = news.entries.length === 0 ? known.entries : lastRevisions([...known.entries, ...news.entries]);
  const { progress, providers, units, reviewer } = news;
  return { entries, seen: known.seen + news.entries.length, judgements, progress, providers, units, reviewer };
}

/** The entries of the last check of each document. */
function lastRevisions(entries: readonly Entry[]): readonly Entry[] {
  const last = new Map<number, number>();
  for (const { document, revision } of entries) last.set(document, Math.max(revision, last.get(document) ?? 0));
  return entries.filter(({ document, revision }) => revision === last.get(document));
}
