import { joined, type Piece, words } from "./piece.ts";
import { countOf, grouped, timeForms } from "./printing.ts";
import type { Random } from "./random.ts";
import { paragraphOf, sentencesOf } from "./sentences.ts";
import { type Product, type Story, unslipped } from "./story.ts";

/** What is said beside a run that is right, with nothing to flag: plans, other people's figures, bounds, budgets, inference, retractions. */
export function silentText(story: Story, products: readonly Product[], random: Random): Piece {
  const right = unslipped(story);
  const before = random.chance(0.7) ? sentencesOf(right, "first", random) : [];
  const beside = words(random.pick(besides(right, products, random)));
  const parts = random.chance(0.7) ? [paragraphOf(before), beside] : [paragraphOf([...before, beside])];
  return joined([...parts.filter(({ text }) => text !== ""), words("")], random.pick(["\n\n", " "]));
}

function besides(story: Story, products: readonly Product[], random: Random): readonly string[] {
  const { model } = story;
  const [count, hours] = [story.facts.get("count") ?? 8, story.facts.get("time") ?? 24];
  const [device, time] = [countOf(story, count * 4, random), random.pick(timeForms(hours * 5))];
  const used = grouped(count * hours * 37);
  const other = countOf({ ...story, product: random.pick(products) }, 2048, random);
  return [
    `For the next version of ${model} we plan to use ${device} for ${time}, for which ${used} GPU-hours have been set aside.`,
    `A competitor is reported to have spent ${used} GPU-hours on its latest model.`,
    `Press reports put the cost of a rival system at $${used}; its makers have not confirmed this.`,
    `The grant covers up to ${used} GPU-hours, of which most is left.`,
    `Our cluster has ${other}, and the budget of the group for the year is $${used}.`,
    `Serving ${model} takes 4 GPUs, and has used more than ${used} GPU-hours since its release.`,
    `An earlier version of this page said that ${model} took ${used} GPU-hours; that was wrong.`,
    `Had we used a single GPU, training ${model} would have taken more than ${grouped(hours)} days.`,
    `Training ${model} ten times over would cost less than $${used}.`,
    `We did not try ${device} for ${time}, as that would have exceeded our budget of ${grouped(count * hours * 2)} GPU-hours.`,
    `If each of the ${grouped(count * 100)} GPUs of the site ran for a year, ${used} MWh would be drawn.`,
    `Data preparation for ${model} took another ${grouped(hours)} CPU-hours.`,
  ];
}
