import { PDFDocument, StandardFonts } from "pdf-lib";

/** Objects of a PDF as text, numbered from 1; the first is the catalog. The table of their places is left out where `trailer` has its own. */
export function pdfOf(objects: readonly string[], trailer = ""): Uint8Array {
  let text = "%PDF-1.7\n";
  const places: number[] = [];
  for (const [index, object] of objects.entries()) {
    places.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const start = text.length;
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}

/** A report of so many pages, each with forty figures. */
export async function paper(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (let number = 1; number <= pages; number += 1) {
    const page = document.addPage([612, 792]);
    for (let line = 0; line < 40; line += 1)
      page.drawText(
        `On page ${number} of the report, line ${line} says that run ${number * 40 + line} took 3 days on 8 GPUs of the cluster.`,
        {
          x: 72,
          y: 720 - line * 14,
          size: 10,
          font,
        },
      );
  }
  return document.save({ useObjectStreams: false });
}

/** A page that is one picture: a gray square, as large as the page. */
export async function scan(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const pixel = Uint8Array.from(
    atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="),
    (letter) => letter.charCodeAt(0),
  );
  const image = await document.embedPng(pixel);
  document.addPage([612, 792]).drawImage(image, { x: 0, y: 0, width: 612, height: 792 });
  return document.save();
}

/** A page behind a password. */
export function lockedPdf(): Uint8Array {
  const key = "<0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20>";
  return pdfOf(
    [
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
      `<< /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -44 >>`,
    ],
    "/Encrypt 4 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]",
  );
}
