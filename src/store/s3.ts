import { AwsClient } from "aws4fetch";
import { XMLParser } from "fast-xml-parser";
import { append } from "../model/many.ts";
import { wholeBody } from "./response-body.ts";

/** An object, or the beginning of the names of many. */
interface S3Place {
  readonly bucket: string;
  readonly key: string;
}

/** Objects of a listing that are asked for at a time; servers give no more. */
const KEYS_AT_ONCE = 1000;
/** A thousand names of a thousand characters, each written as three, with all that is told of them. */
const LARGEST_PAGE = 8_000_000;
/** Names that are kept in memory; more papers are named by narrower prefixes. */
const MOST_KEYS = 2_000_000;

/**
 * Fetches one object.
 *
 * Credentials, region and endpoint are those of the AWS tools: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION,
 * AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL. Without credentials the request is not signed, which is enough for public buckets.
 * Errors: throws what the network says; an answer that is an error is given back as it is.
 */
export function fetchS3(source: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
  const { bucket, key } = placeOf(source);
  return signedFetch(urlOf(bucket, key), headers, signal);
}

/**
 * Addresses of all objects whose names begin as named, in the order of the server, which is by name.
 *
 * Errors: throws what the network or the server says.
 */
export async function listS3(source: string, signal: AbortSignal): Promise<readonly string[]> {
  const { bucket, key } = placeOf(source);
  const found: string[] = [];
  for (let token: string | null = null; ; ) {
    const url = urlOf(bucket, "");
    url.searchParams.set("list-type", "2");
    url.searchParams.set("max-keys", String(KEYS_AT_ONCE));
    // Names may hold characters that XML cannot.
    url.searchParams.set("encoding-type", "url");
    if (key !== "") url.searchParams.set("prefix", key);
    if (token !== null) url.searchParams.set("continuation-token", token);
    const response = await signedFetch(url, {}, signal);
    const body = await textOf(response);
    if (!response.ok) throw new Error(`HTTP ${response.status}${errorWords(body)}`);
    const page = pageOf(body);
    append(
      found,
      page.keys.map((name) => `s3://${bucket}/${decodeURIComponent(name.replaceAll("+", " "))}`),
    );
    if (page.next === null) return found;
    // A listing whose pages have nothing would never end.
    if (page.keys.length === 0 || page.next === token) throw new Error("the listing of the server does not go on");
    if (found.length > MOST_KEYS) throw new Error(`more than ${MOST_KEYS} objects; name a narrower prefix`);
    token = page.next;
  }
}

/** The text of an answer, counted as it comes. */
async function textOf(response: Response): Promise<string> {
  const bytes = await wholeBody(response, LARGEST_PAGE);
  if (bytes === null) throw new Error(`a listing of more than ${Math.round(LARGEST_PAGE / 1e6)} MB a page`);
  return new TextDecoder().decode(bytes);
}

function placeOf(source: string): S3Place {
  const [bucket = "", ...key] = source.replace(/^s3:\/\//i, "").split("/");
  if (bucket === "") throw new Error("no bucket; write it as s3://bucket/name");
  return { bucket, key: key.join("/") };
}

function setting(name: string): string | null {
  const value = process.env[name];
  return value === undefined || value === "" ? null : value;
}

function region(): string {
  return setting("AWS_REGION") ?? setting("AWS_DEFAULT_REGION") ?? "us-east-1";
}

/** Buckets as parts of the path: every server understands that, whatever its name and certificate are. */
function urlOf(bucket: string, key: string): URL {
  const endpoint = setting("AWS_ENDPOINT_URL_S3") ?? setting("AWS_ENDPOINT_URL") ?? `https://s3.${region()}.amazonaws.com`;
  const path = [bucket, ...key.split("/")].map(encodeURIComponent).join("/");
  return new URL(`${endpoint.replace(/\/+$/, "")}/${path}`);
}

async function signedFetch(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
  const accessKeyId = setting("AWS_ACCESS_KEY_ID");
  const secretAccessKey = setting("AWS_SECRET_ACCESS_KEY");
  if (accessKeyId === null || secretAccessKey === null) return fetch(url, { headers, signal });
  const sessionToken = setting("AWS_SESSION_TOKEN");
  const session = sessionToken === null ? {} : { sessionToken };
  const client = new AwsClient({ accessKeyId, secretAccessKey, ...session, service: "s3", region: region() });
  return fetch(await client.sign(url.href, { headers, signal }));
}

function pageOf(body: string): { readonly keys: readonly string[]; readonly next: string | null } {
  // Numbers stay text: an object may be named "007".
  const parser = new XMLParser({ parseTagValue: false, trimValues: false, isArray: (name) => name === "Contents" });
  const result: unknown = parser.parse(body).ListBucketResult;
  if (typeof result !== "object" || result === null) throw new Error("the server answers with no listing");
  const contents: unknown = "Contents" in result ? result.Contents : [];
  const keys = (Array.isArray(contents) ? contents : []).flatMap((entry: unknown) => textAt(entry, "Key") ?? []);
  return { keys, next: textAt(result, "NextContinuationToken") };
}

function textAt(node: unknown, name: string): string | null {
  if (typeof node !== "object" || node === null || !(name in node)) return null;
  const value: unknown = Object.entries(node).find(([key]) => key === name)?.[1];
  return typeof value === "string" && value !== "" ? value : null;
}

/** ": NoSuchBucket" of the answer of a server that refuses. */
function errorWords(body: string): string {
  const code = /<Code>([A-Za-z]+)<\/Code>/.exec(body)?.[1];
  return code === undefined ? "" : `: ${code}`;
}
