/** "https://arxiv.org/pdf/1", "s3://papers/a.pdf"; not "papers/a.pdf", "file:///a.pdf" or "C:\a.pdf". */
const ADDRESS = /^(?:https?|s3):\/\//i;
const S3 = /^s3:\/\//i;

/** True for an input that is fetched over the network. */
export function isAddress(source: string): boolean {
  return ADDRESS.test(source);
}

/** True for an object, or a folder of objects, of an S3 server. */
export function isS3Address(source: string): boolean {
  return S3.test(source);
}

/** The part of an address that holds the name: "https://host/a.pdf?v=2" gives "https://host/a.pdf". Other sources are as they are. */
export function nameOf(source: string): string {
  return /^https?:/i.test(source) ? source.replace(/[?#].*$/, "") : source;
}
