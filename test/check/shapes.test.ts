import { expect, test } from "vitest";
import { findingsIn } from "../support/checked-text.ts";

const shapes = async (text: string) =>
  (await findingsIn(text)).filter(({ rule }) => rule === "parameters/shape").map(({ verdict }) => verdict);

test.each([
  "Lark-Large (L=24, H=1024, A=16) has 340M parameters.",
  "Wren is a 48-layer Transformer with a hidden size of 1,600 and 1.5 billion parameters.",
  "Heron has 96 layers, a model dimension of 12288 and 175B parameters.",
])("parameters follow from the shape: %s", async (text) => expect(await shapes(text)).toEqual(["untested"]));

test.each([
  "The network has 60 layers, 512 hidden units and 60 million parameters in its convolutions; a second one has 2,048 hidden units.",
  "Kite has 12 layers, a hidden size of 768 and 7B parameters spread over experts.",
])("another shape is left alone: %s", async (text) => expect(await shapes(text)).toEqual([]));
