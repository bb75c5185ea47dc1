import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { serve } from "@hono/node-server";
import { type ReviewParts, reviewApp } from "./review-app.ts";

/** A server that runs. */
export interface ReviewServer {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

/** Starts the server; port 0 takes a free one. Errors: an address that is taken or not ours rejects. */
export function serveReview(
  parts: Omit<ReviewParts, "token" | "hosts">,
  at: { readonly host: string; readonly port: number },
): Promise<ReviewServer> {
  const token = randomBytes(24).toString("base64url");
  let port = at.port;
  const named = at.host.includes(":") ? `[${at.host}]` : at.host;
  const app = reviewApp({ ...parts, token, hosts: () => hostNames(at.host, named).map((name) => `${name}:${port}`) });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: at.host, port: at.port }, (address: AddressInfo) => {
      port = address.port;
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => closed());
          if ("closeAllConnections" in server) server.closeAllConnections();
        });
      resolve({ url: `http://${named}:${port}/?token=${token}`, port, token, close });
    });
    server.on("error", reject);
  });
}

/** What Host may be: the address that was asked for, and where that is every address, those of this machine. */
function hostNames(host: string, named: string): readonly string[] {
  const own = host === "0.0.0.0" ? Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)) : [];
  return [named, "127.0.0.1", "localhost", ...own];
}
