import type { Document } from "../model/document.ts";
import type { MentionId, Statement } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import { enumerationsOf } from "./parallel-lists.ts";
import type { HardwareTie } from "./product-tie.ts";
import {
  areEqual,
  areHardwareCompatible,
  type Belonging,
  conversionsOf,
  isPremise,
  isTraining,
  kindOf,
  type QuantityGroup,
  type StageClass,
  stageOf,
} from "./quantity-group.ts";
import type { Grid } from "./table-axis.ts";

interface Scene {
  readonly document: Document;
  readonly statements: readonly Statement[];
  readonly belongings: ReadonlyMap<MentionId, Belonging>;
  /** Key of a mention's model, after bare families were settled. */
  readonly keyOf: (id: MentionId) => string;
  readonly hardware: ReadonlyMap<MentionId, HardwareTie>;
  readonly gridOf: (table: number) => Grid | null;
}

/**
 * Splits quantities into what is said together: of one model and stage, in one sentence or one line of a table.
 *
 * Alternatives ("4 days on 8 or 2 days on 16") and phases become groups of their own; where it is unclear which of two counts a
 * time belongs to, each stays alone. A figure that a whole list shares ("for 3 days each") is in each of its groups.
 */
export function sayingsOf(scene: Scene, quantities: readonly Quantity[]): readonly QuantityGroup[] {
  const bins = new Map<string, Quantity[]>();
  for (const quantity of quantities) {
    const { mention } = quantity;
    const grid = mention.cell === null ? null : scene.gridOf(mention.cell.table);
    const place =
      mention.cell === null ? `s${mention.sentence.start}` : `t${mention.cell.table}:${grid?.positionOf(mention) ?? mention.cell.row}`;
    const key = `${place}|${scene.keyOf(mention.id)}`;
    const bin = bins.get(key);
    if (bin === undefined) bins.set(key, [quantity]);
    else bin.push(quantity);
  }
  const linked = conversionsOf(scene.statements);
  const areSame = (left: Quantity, right: Quantity): boolean =>
    areEqual(left, right) || linked.has(`${left.mention.id}=${right.mention.id}`);
  const areOnOne = (left: Quantity, right: Quantity): boolean =>
    areHardwareCompatible(scene.hardware.get(left.mention.id) ?? null, scene.hardware.get(right.mention.id) ?? null);
  const productOf = ({ mention }: Quantity): string => {
    const tie = scene.hardware.get(mention.id);
    return tie === undefined ? "" : `${tie.text} ${tie.ids.join()}`;
  };
  return [...bins.values()]
    .flatMap(byStage)
    .flatMap(({ stage, members }) => {
      const isTable = members[0]?.mention.cell !== null;
      const parts = isTable ? lineParts(members, areSame) : sentenceParts(scene.document.text, members, { areSame, areOnOne, productOf });
      return parts.flatMap((part) => groupOf(scene, part, stage));
    })
    .sort((left, right) => left.span.start - right.span.start);
}

function groupOf(scene: Scene, members: readonly Quantity[], stage: StageClass): readonly QuantityGroup[] {
  const first = members[0];
  const last = members.at(-1);
  if (first === undefined || last === undefined) return [];
  const { mention } = first;
  const grid = mention.cell === null ? null : scene.gridOf(mention.cell.table);
  const carriers = members.filter((member) => isPremise(member.mention));
  const hardware = [...carriers, ...members].flatMap((member) => scene.hardware.get(member.mention.id) ?? [])[0] ?? null;
  const line = mention.cell === null ? null : { table: mention.cell.table, position: grid?.positionOf(mention) ?? mention.cell.row };
  return [
    {
      quantities: members,
      belonging: scene.belongings.get(mention.id) ?? { name: null, tie: "none", isTotal: false, isCited: false },
      key: scene.keyOf(mention.id),
      stage,
      hardware,
      isHypothetical: members.every((member) => member.mention.role === "hypothetical"),
      block: mention.block,
      line,
      span: { start: mention.span.start, end: last.mention.span.end },
    },
  ];
}

/**
 * Parts by stage. A figure without one goes with the stages beside it: all of them in a table, the nearest before in a sentence;
 * but what stands before a word of serving or measuring is still training.
 */
function byStage(members: readonly Quantity[]): readonly { readonly stage: StageClass; readonly members: readonly Quantity[] }[] {
  const named = [...new Set(members.map((member) => stageOf(member.mention)))].filter((stage) => stage !== "any");
  if (named.length === 0 || (named.length === 1 && named.every(isTraining))) return [{ stage: named[0] ?? "any", members }];
  const isTable = members[0]?.mention.cell !== null;
  const stages: readonly StageClass[] = isTable ? named : [...new Set(members.map((_, index) => stageNear(members, index)))];
  return stages.map((stage) => ({
    stage,
    members: members.filter((member, index) => {
      const own = stageOf(member.mention);
      if (own !== "any") return own === stage;
      return isTable || stageNear(members, index) === stage;
    }),
  }));
}

function stageNear(members: readonly Quantity[], index: number): StageClass {
  const before = members
    .slice(0, index + 1)
    .filter((member) => member.mention.stage !== null)
    .at(-1);
  const after = members.slice(index).find((member) => member.mention.stage !== null);
  if (before !== undefined) return stageOf(before.mention);
  return after !== undefined && isTraining(stageOf(after.mention)) ? stageOf(after.mention) : "any";
}

type Same = (left: Quantity, right: Quantity) => boolean;

/**
 * A line of a table is one group, but for columns of one kind that differ: which of them the others go with is not known.
 *
 * Columns that their headers set apart ("gross" and "net" emissions and intensities) make a group for each word, with what all share.
 */
function lineParts(members: readonly Quantity[], areSame: Same): readonly (readonly Quantity[])[] {
  const bases = CONTRASTS.filter((contrast) => contrast.every((word) => members.some((member) => isOf(member, word))));
  const isSetApart = (member: Quantity): boolean => bases.some((contrast) => contrast.some((word) => isOf(member, word)));
  const rest = members.filter((member) => !isSetApart(member) && !isOutdone(member, members));
  const isDoubtful = (member: Quantity): boolean =>
    rest.some((other) => other !== member && kindOf(other) === kindOf(member) && !areSame(other, member));
  const doubtful = rest.filter(isDoubtful);
  const sure = rest.filter((member) => !doubtful.includes(member));
  const alone = [...doubtful, ...members.filter((member) => isOutdone(member, members))].map((member) => [member]);
  const split = bases.flatMap((contrast) => contrast.map((word) => [...sure, ...members.filter((member) => isOf(member, word))]));
  const whole = split.length > 0 ? split : sure.length > 0 ? [sure] : [];
  return [...whole.map((part) => part.toSorted((left, right) => left.mention.span.start - right.mention.span.start)), ...alone];
}

/** Ways to account for emissions, of which each has an intensity of its own. */
const CONTRASTS: readonly (readonly [string, string])[] = [
  ["gross", "net"],
  ["location-based", "market-based"],
];

function isOf({ mention }: Quantity, word: string): boolean {
  return mention.qualifiers.includes(word);
}

/** The power that a part is designed for says nothing where what it drew was measured. */
function isOutdone(member: Quantity, members: readonly Quantity[]): boolean {
  return isOf(member, "design") && members.some((other) => isOf(other, "measured"));
}

/** What keeps figures of one sentence together, or apart. */
interface Likeness {
  readonly areSame: Same;
  /** Whether the hardware of two figures can be one product. */
  readonly areOnOne: Same;
  /** The hardware of a figure, as a text. */
  readonly productOf: (quantity: Quantity) => string;
}

/** A part of a sentence that grows figure by figure. */
interface OpenPart {
  readonly add: (member: Quantity) => void;
  /** Whether a figure of the kind stands in it already with another value. */
  readonly clashes: (member: Quantity) => boolean;
  /** Whether the hardware of a figure can be that of all in it. */
  readonly isOnOne: (member: Quantity) => boolean;
}

function openPart({ areSame, areOnOne, productOf }: Likeness): OpenPart {
  const byKind = new Map<string, Quantity[]>();
  const byProduct = new Map<string, Quantity>();
  return {
    add: (member) => {
      const known = byKind.get(kindOf(member));
      if (known === undefined) byKind.set(kindOf(member), [member]);
      else known.push(member);
      if (!byProduct.has(productOf(member))) byProduct.set(productOf(member), member);
    },
    clashes: (member) => byKind.get(kindOf(member))?.every((other) => !areSame(other, member)) ?? false,
    isOnOne: (member) => {
      for (const other of byProduct.values()) if (!areOnOne(other, member)) return false;
      return true;
    },
  };
}

function sentenceParts(
  text: string,
  members: readonly Quantity[],
  { areSame, areOnOne, productOf }: Likeness,
): readonly (readonly Quantity[])[] {
  const lists = enumerations(text, members, areSame);
  if (lists.length > 0) {
    const sums = members.filter((_, index) => isSum(text, members, index));
    const told = members.filter((member) => !sums.includes(member));
    return [...listParts(told, lists), ...sums.map((member) => [member])];
  }
  const parts: Quantity[][] = [];
  const totals: Quantity[] = [];
  let ofPart = openPart({ areSame, areOnOne, productOf });
  for (const [index, member] of members.entries()) {
    const open = parts.at(-1);
    if (parts.length > 1 && isSum(text, members, index)) totals.push(member);
    else if (open === undefined || ofPart.clashes(member) || !ofPart.isOnOne(member)) {
      parts.push([member]);
      ofPart = openPart({ areSame, areOnOne, productOf });
      ofPart.add(member);
    } else {
      open.push(member);
      ofPart.add(member);
    }
  }
  const alone = totals.map((member) => [member]);
  return isDoubtful(text, parts)
    ? [...members.filter((member) => !totals.includes(member)).map((member) => [member]), ...alone]
    : [...parts, ...alone];
}

/** Whether an outcome is told as that of all that stands before it: "800 GPU hours in total". */
function isSum(text: string, members: readonly Quantity[], index: number): boolean {
  const { mention } = members[index] ?? { mention: null };
  if (mention === null || isPremise(mention)) return false;
  const before = members[index - 1]?.mention.span.end ?? mention.sentence.start;
  return TOGETHER.test(text.slice(before, mention.span.start)) || TOGETHER_AFTER.test(text.slice(mention.span.end));
}

/**
 * "2 and 16 cards ran for 3 days": with one kind of premise in the first part and more in the second, it is open which count the
 * time is for, unless a clause ends between them.
 */
function isDoubtful(text: string, parts: readonly (readonly Quantity[])[]): boolean {
  return parts.some((part, index) => {
    const next = parts[index + 1];
    const last = part.at(-1);
    const first = next?.[0];
    if (next === undefined || last === undefined || first === undefined) return false;
    const here = new Set(part.filter((member) => isPremise(member.mention)).map((member) => member.mention.kind));
    const there = new Set(next.filter((member) => isPremise(member.mention)).map((member) => member.mention.kind));
    const isPartial = here.size === 1 && there.size > 1;
    return isPartial && !CLAUSE_END.test(text.slice(last.mention.span.end, first.mention.span.start));
  });
}

/** Lists of premises and results: "8, 16 and 32 cards". */
function enumerations(text: string, members: readonly Quantity[], areSame: Same): readonly (readonly Quantity[])[] {
  const spanned = members.map((member) => ({ member, span: member.mention.span }));
  const kinds = new Set(members.map(kindOf));
  return [...kinds].flatMap((kind) => {
    const ofKind = spanned.filter(({ member }) => kindOf(member) === kind);
    return enumerationsOf(text, ofKind, (left, right) => !areSame(left.member, right.member)).map((list) =>
      list.items.map(({ member }) => member),
    );
  });
}

/** One group for each place in lists of one length, with what the whole sentence shares; lists of other lengths stay apart. */
function listParts(members: readonly Quantity[], lists: readonly (readonly Quantity[])[]): readonly (readonly Quantity[])[] {
  const length = lists[0]?.length ?? 0;
  const listed = new Set(lists.flat());
  const single = members.filter((member) => !listed.has(member));
  if (lists.some((list) => list.length !== length)) return members.map((member) => [member]);
  const common = single.filter(
    (member) =>
      !single.some((other) => other !== member && kindOf(other) === kindOf(member)) &&
      !lists.some((list) => list.some((item) => kindOf(item) === kindOf(member))),
  );
  const rest = single.filter((member) => !common.includes(member));
  const parts = Array.from({ length }, (_, index) =>
    [...lists.flatMap((list) => list[index] ?? []), ...common].sort((left, right) => left.mention.span.start - right.mention.span.start),
  );
  return [...parts, ...rest.map((member) => [member])];
}

/** Matches "for a total of ", "in all "; not "the total batch". */
const TOGETHER = /\b(?:in total|a total of|in all|altogether|together|combined|overall|in sum|totall?ing|cumulative(?:ly)?)\b/i;

/** Matches " in total", ", all told"; not " in a total of 8". */
const TOGETHER_AFTER = /^,?\s(?:in total|in all|altogether|combined|overall|all told)\b/i;

const CLAUSE_END = /[;.]\s|\b(?:while|whereas|but|then|afterwards?|followed by|or)\b/i;
