import { timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** Nothing but our own files runs, and nothing leaves the machine. */
const CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Calls that a browser makes for our page, or for an address that was typed; others say "same-site" or "cross-site". */
const OWN_FETCHES: ReadonlySet<string> = new Set(["same-origin", "none"]);

/**
 * Refuses every call that does not come from the page that this server gave out.
 *
 * A name other than ours in Host (DNS rebinding), another Origin (cross-site posts) and a missing token are each refused.
 * The token of the address becomes a cookie at once and leaves the address, so that it stands in no history.
 */
export function requestGuard(token: string, hosts: () => readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    context.header("Content-Security-Policy", CONTENT_POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
    const host = context.req.header("host") ?? "";
    if (!hosts().includes(host)) return context.json({ error: `this server is not "${host}"` }, 403);
    if (!isOfHost(context.req.url, host)) return context.json({ error: "the address of the call is not that of this server" }, 400);
    const origin = context.req.header("origin");
    const fetchedFrom = context.req.path.startsWith("/api/") ? context.req.header("sec-fetch-site") : undefined;
    if ((origin !== undefined && origin !== `http://${host}`) || (fetchedFrom !== undefined && !OWN_FETCHES.has(fetchedFrom)))
      return context.json({ error: "calls from other pages are refused" }, 403);
    const cookie = cookieName(host);
    const inUrl = context.req.query("token");
    const given = context.req.header("x-reckoner-token") ?? inUrl ?? getCookie(context, cookie) ?? "";
    if (!same(given, token)) {
      const words = "the token is missing or wrong: open the address that the command printed";
      return context.req.path === "/" ? context.text(words, 401) : context.json({ error: words }, 401);
    }
    if (inUrl !== undefined) setCookie(context, cookie, token, { httpOnly: true, sameSite: "Strict", path: "/" });
    if (inUrl !== undefined && context.req.path === "/") return context.redirect("/", 303);
    await next();
    return undefined;
  };
}

/** A call may name a whole address, which then has to be ours, without a name or password in it. */
function isOfHost(address: string, host: string): boolean {
  const [given, own] = [URL.parse(address), URL.parse(`http://${host}`)];
  return given !== null && given.origin === own?.origin && given.username === "" && given.password === "";
}

/** Browsers keep cookies by host without its port, and several reviews may run on one machine. */
function cookieName(host: string): string {
  return `reckoner_review_${host.slice(host.lastIndexOf(":") + 1)}`;
}

function same(given: string, token: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(token)];
  return left.length === right.length && timingSafeEqual(left, right);
}
