import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { serve } from "@hono/node-server";
import { type ReviewParts, reviewApp } from "./review-app.ts";

/** A server that runs. */
export interface ReviewServer {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

/** Where a server listens. */
export interface ServerPlace {
  readonly host: string;
  readonly port: number;
  /** Seconds in which a call, with its upload, has to be there; usual: two minutes. */
  readonly requestSeconds?: number;
}

const USUAL_REQUEST_SECONDS = 120;
/** Seconds in which the head of a call has to be there. */
const HEAD_SECONDS = 10;

/** Starts the server; port 0 takes a free one. Errors: an address that is taken or not ours rejects. */
export function serveReview(parts: Omit<ReviewParts, "token" | "hosts">, at: ServerPlace): Promise<ReviewServer> {
  const token = randomBytes(24).toString("base64url");
  let port = at.port;
  const named = at.host.includes(":") ? `[${at.host}]` : at.host;
  const app = reviewApp({ ...parts, token, hosts: () => hostNames(at.host, named).map((name) => `${name}:${port}`) });
  return new Promise((resolve, reject) => {
    const seconds = at.requestSeconds ?? USUAL_REQUEST_SECONDS;
    const serverOptions = {
      requestTimeout: seconds * 1000,
      headersTimeout: Math.min(HEAD_SECONDS, seconds) * 1000,
      connectionsCheckingInterval: 1000,
    };
    const server = serve({ fetch: app.fetch, hostname: at.host, port: at.port, serverOptions }, (address: AddressInfo) => {
      port = address.port;
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => closed());
          if ("closeAllConnections" in server) server.closeAllConnections();
        });
      resolve({ url: `http://${reachable(at.host, named)}:${port}/?token=${token}`, port, token, close });
    });
    server.on("error", reject);
  });
}

/** What Host may be: the address that was asked for, and where that is every address, those and the name of this machine. */
function hostNames(host: string, named: string): readonly string[] {
  return [named, "127.0.0.1", "localhost", ...(EVERY_ADDRESS.has(host) ? [hostname(), ...ownAddresses()] : [])];
}

/** An address that others can open, where the server listens on all. */
function reachable(host: string, named: string): string {
  return EVERY_ADDRESS.has(host) ? (ownAddresses()[0] ?? "127.0.0.1") : named;
}

const EVERY_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/** Addresses of this machine as an URL has them, those that others reach first. */
function ownAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const rank = ({ internal, family }: { readonly internal: boolean; readonly family: string }): number =>
    (internal ? 2 : 0) + (family === "IPv4" ? 0 : 1);
  return all.sort((left, right) => rank(left) - rank(right)).map(({ address, family }) => (family === "IPv4" ? address : `[${address}]`));
}
