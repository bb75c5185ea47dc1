import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A server of papers on this machine. */
export interface PaperServer {
  readonly origin: string;
  /** Requests so far, as "GET /a.txt". */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Starts a server that answers as told. */
export async function startPaperServer(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<PaperServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Answers with a text and its mark, or that it has not changed. */
export function sendText(request: IncomingMessage, response: ServerResponse, text: string): void {
  const etag = `"${text.length}"`;
  response.setHeader("etag", etag);
  if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
  else response.end(text);
}
