/** Why a fetch failed, in a few words: `fetch` itself says "fetch failed" and keeps the reason in the cause. */
export function reasonOf(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const words = NETWORK_WORDS[code] ?? firstLine(cause.message);
  return words === "" ? code : words;
}

const NETWORK_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection broke",
  UND_ERR_SOCKET: "the connection broke",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the name of the host cannot be looked up",
  ETIMEDOUT: "no answer",
  ERR_INVALID_URL: "no valid address",
};

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
