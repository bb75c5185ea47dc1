import { basename } from "node:path";
import { z } from "zod";
import { textInput } from "./api-shapes.ts";
import type { Upload } from "./upload.ts";

/** The name of who decides, where the page gives one: percent-encoded, for a header holds no letters beyond Latin ones. */
export const reviewerName = z.string().transform(decodedName).pipe(z.string().trim().min(1, "the name of the reviewer is empty").max(80));

function decodedName(encoded: string, context: z.RefinementCtx<string>): string {
  try {
    return decodeURIComponent(encoded);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    context.addIssue({ code: "custom", message: "the name of the reviewer is not percent-encoded" });
    return z.NEVER;
  }
}

/** A form with a file, and perhaps the paper it talks about; or JSON with a text, and perhaps that of the paper. */
export async function uploaded(request: Request): Promise<{ readonly claim: Upload; readonly against: Upload | null }> {
  if (request.headers.get("content-type")?.startsWith("multipart/form-data") !== true) {
    const { text, against } = textInput.parse(await request.json());
    return { claim: ofText("pasted text", text), against: against === undefined ? null : ofText("pasted source", against) };
  }
  const form = await formOf(request);
  const file = z.instanceof(File, { message: 'the form has no file "file"' }).parse(form.get("file"));
  const source = form.get("against");
  return { claim: await ofFile(file), against: source instanceof File ? await ofFile(source) : null };
}

/** Errors: a form that breaks off or has no parts is the fault of who sent it, and told as such. */
async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (error) {
    if (error instanceof TypeError) throw new SyntaxError("the form is malformed");
    throw error;
  }
}

function ofText(source: string, text: string): Upload {
  return { source, bytes: new TextEncoder().encode(text) };
}

async function ofFile(file: File): Promise<Upload> {
  return { source: basename(file.name), bytes: new Uint8Array(await file.arrayBuffer()) };
}
