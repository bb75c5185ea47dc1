import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import { asked, type TestDatabase } from "./postgres.ts";

/** A PostgreSQL of a test's own, so that it may be killed; `drop` ends it for good. */
export interface OwnServer extends TestDatabase {
  /** Ends the server as a power cut would, and starts it again on what it had written. */
  killAndRestart(): Promise<void>;
}

const PROGRAMS = ["initdb", "postgres"] as const;
/** Where Debian keeps what is not on the path. */
const DEBIAN = "/usr/lib/postgresql";
/** Milliseconds. */
const START_LIMIT = 60_000;

/** Whose processes the server's are: it runs as nobody who may do everything. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/** How servers of one's own are made here, or null, which is said once for each file of tests. */
export function ownServers(): (() => Promise<OwnServer>) | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((left, right) => Number(right) - Number(left)) : [];
  const folders = [...(process.env["PATH"] ?? "").split(":"), ...versions.map((version) => join(DEBIAN, version, "bin"))];
  const programs = folders.find((folder) => PROGRAMS.every((name) => existsSync(join(folder, name))));
  const owner = ownerHere();
  if (programs === undefined || owner === null) {
    process.stderr.write(
      "no server is killed: install postgresql, whose initdb makes a server for this test; as root also its user postgres\n",
    );
    return null;
  }
  return () => startServer(programs, owner);
}

function ownerHere(): Owner | null {
  if (process.getuid?.() !== 0) return {};
  try {
    const idOf = (option: string): number => Number(execFileSync("id", [option, "postgres"], { encoding: "utf8", stdio: "pipe" }));
    return { uid: idOf("-u"), gid: idOf("-g") };
  } catch {
    return null;
  }
}

async function startServer(programs: string, owner: Owner): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), "reckoner-postgres-"));
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  const init = ["--pgdata", data, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--no-sync"];
  execFileSync(join(programs, "initdb"), init, { ...owner, cwd: folder, stdio: "pipe" });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  // What the system holds survives the server, so that nothing has to wait for the disk.
  const words = ["-D", data, "-p", String(port), "-k", folder, "-h", "127.0.0.1", "-c", "fsync=off"];
  const start = (): ChildProcess => spawn(join(programs, "postgres"), words, { ...owner, cwd: folder, stdio: "ignore" });
  let server = start();
  const restart = async (): Promise<void> => {
    // The processes of a server that was killed end when they next look for it; until then it does not start.
    for (const deadline = Date.now() + START_LIMIT; !(await answers(url)); await setTimeout(100)) {
      if (Date.now() > deadline) throw new Error(`no answer from ${url}`);
      if (server.exitCode !== null || server.signalCode !== null) server = start();
    }
  };
  await restart();
  return {
    url,
    query: (sql) => asked(url, sql),
    killAndRestart: async () => {
      await end(server, "SIGKILL");
      await restart();
    },
    drop: async () => {
      await end(server, "SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, "exit");
  if (child.kill(signal)) await ended;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  listener.close();
  await once(listener, "close");
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
