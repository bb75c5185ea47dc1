import { timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** Nothing but our own files runs, and nothing leaves the machine. */
const CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const COOKIE = "reckoner_review";

/**
 * Refuses every call that does not come from the page that this server gave out.
 *
 * A name other than ours in Host (DNS rebinding), another Origin (cross-site posts) and a missing token are each refused.
 */
export function requestGuard(token: string, hosts: () => readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    context.header("Content-Security-Policy", CONTENT_POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
    const host = context.req.header("host") ?? "";
    if (!hosts().includes(host)) return context.json({ error: `this server is not "${host}"` }, 403);
    const origin = context.req.header("origin");
    if (origin !== undefined && origin !== `http://${host}`) return context.json({ error: "calls from other pages are refused" }, 403);
    const inUrl = context.req.query("token");
    const given = context.req.header("x-reckoner-token") ?? inUrl ?? getCookie(context, COOKIE) ?? "";
    if (!same(given, token))
      return context.json({ error: "the token is missing or wrong: open the address that the command printed" }, 401);
    if (inUrl !== undefined) setCookie(context, COOKIE, token, { httpOnly: true, sameSite: "Strict", path: "/" });
    await next();
    return undefined;
  };
}

function same(given: string, token: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(token)];
  return left.length === right.length && timingSafeEqual(left, right);
}
