import type { Accelerator, Catalog } from "../model/catalog.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import type { Mention } from "../model/mention.ts";
import type { Attachment } from "../model/run.ts";

/** The last year in which an unnamed "Cloud TPU" was a device of four chips: version 4 sold chips. */
const LAST_YEAR_OF_TPU_DEVICES = 2021;

/** The products that a figure may speak of, likeliest first: those it is attached to; an unnamed Cloud TPU is one of the versions sold as devices. */
export function productsOf(catalog: Catalog, mention: Mention, attachment: Attachment | undefined): readonly Accelerator[] {
  const found = (attachment?.products ?? []).flatMap((id) => hardwareById(catalog, id) ?? []);
  if (found.length > 0) return found;
  return isUnnamedTpu(mention) ? catalog.accelerators.filter(isSoldAsDevice) : [];
}

function isUnnamedTpu(mention: Mention): boolean {
  return mention.noun === "cloud-tpu" || (mention.hardware?.text.toLowerCase().includes("tpu") ?? false);
}

function isSoldAsDevice(accelerator: Accelerator): boolean {
  const year = Number(accelerator.released?.slice(0, 4) ?? 0);
  return accelerator.kind === "tpu" && accelerator.unitsInCanonical["device"] === 4 && year < LAST_YEAR_OF_TPU_DEVICES;
}
