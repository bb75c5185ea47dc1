/** What ties a figure in a table to a model: the labels of its row and its column, the caption. */

import { nameKey } from "../model/fold-name.ts";
import { largest } from "../model/many.ts";
import type { Mention } from "../model/mention.ts";
import type { Entity } from "./entity.ts";
import type { ModelScene } from "./model-scene.ts";
import type { Label, TableLabels } from "./table-labels.ts";
import { type Ties, tie } from "./ties.ts";

/** Notes the labels of a figure's lines and what its caption names. */
export function tableTies(scene: ModelScene, mention: Mention, cell: NonNullable<Mention["cell"]>, ties: Ties): void {
  const labels = scene.names.labels.get(cell.table);
  if (labels === undefined) return;
  const { byRow, byColumn } = edgesOf(scene, labels);
  lineTies(scene, labels, labels.ofRow(cell.row, cell.column), ties, "row", byRow - byColumn);
  changeTies(scene, labels, cell, ties);
  lineTies(scene, labels, labels.ofColumn(cell.row, cell.column), ties, "column", byColumn - byRow);
  const own = mention.kind === "parameters" ? labels.at(cell.row, cell.column) : undefined;
  if (own !== undefined) lineTies(scene, labels, [own], ties, "row", byRow - byColumn);
  const caption = labels.table.caption;
  if (caption !== null) for (const { entity } of scene.within(caption)) tie(ties, entity, "caption", "table:about");
}

/** "+ more data" changes the model of the last row above that is a model. */
function changeTies(scene: ModelScene, labels: TableLabels, cell: NonNullable<Mention["cell"]>, ties: Ties): void {
  const change = labels.ofRow(cell.row, cell.column).find(({ features }) => features.includes("change"));
  if (change === undefined) return;
  const base = labels.changedBy(cell.row, change.cell.column);
  const entity = base === undefined ? undefined : entityOf(scene, base.text);
  if (entity !== undefined) tie(ties, entity, "line", "line:changed");
}

function lineTies(scene: ModelScene, labels: TableLabels, line: readonly Label[], ties: Ties, axis: "row" | "column", lead: number): void {
  const scored = line.flatMap((label) => {
    const entity = entityOf(scene, label.text);
    return entity === undefined ? [] : [{ label, entity }];
  });
  const best = scored.toSorted(
    (left, right) => right.entity.score - left.entity.score || left.label.cell.column - right.label.cell.column,
  )[0];
  const edges = edgesOf(scene, labels);
  const common = [
    `line:${axis === "row" ? edges.rowShare : edges.columnShare}`,
    lead > 0 ? "line:better-axis" : "line:worse-axis",
    `axis:${axis}`,
  ];
  for (const { label, entity } of scored) {
    tie(ties, entity, "line", ...common, ...label.features.map((feature) => `line:${feature}`));
    if (entity.features.includes("part:total")) tie(ties, entity, "line:total");
    if (entity === best?.entity) tie(ties, entity, "line:best");
    if (label === scored[0]?.label) tie(ties, entity, "line:first");
  }
  // Names inside a longer label: "Wren 2B, 8 cards".
  for (const { span } of line) for (const { entity } of scene.within(span)) tie(ties, entity, "line:within", ...common);
}

function entityOf({ byKey }: ModelScene, text: string): Entity | undefined {
  return byKey.get(nameKey(text));
}

/** Whether the labels along one edge of a table are names, most of them or none. */
function namedShare(scene: ModelScene, { all }: TableLabels, axis: "row" | "column"): string {
  const edge = all.filter(({ cell }) => (axis === "column" ? cell.row === 0 && cell.column > 0 : cell.row > 0));
  const names = edge.filter(({ text }) => (entityOf(scene, text)?.score ?? -1) > 0).length;
  return names === 0 ? "unnamed-edge" : names * 2 < edge.length ? "half-named-edge" : "named-edge";
}

/** How much the best-named line of labels along an edge looks like names, on the average. */
function edgeScore(scene: ModelScene, { all }: TableLabels, axis: "row" | "column"): number {
  const lines = Map.groupBy(
    all.filter(({ cell }) => (axis === "column" ? cell.column > 0 && (cell.row === 0 || cell.header) : cell.row > 0)),
    ({ cell }) => (axis === "column" ? cell.row : cell.column),
  );
  const means = [...lines.values()].map((line) => {
    const scores = line.map(({ text }) => Math.max(-40, Math.min(40, entityOf(scene, text)?.score ?? -40)));
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  });
  return largest(means, -40);
}

interface Edges {
  readonly byRow: number;
  readonly byColumn: number;
  readonly rowShare: string;
  readonly columnShare: string;
}

const EDGES = new WeakMap<TableLabels, Edges>();

/** What the labels along the edges of a table look like, worked out once. */
function edgesOf(scene: ModelScene, labels: TableLabels): Edges {
  const known = EDGES.get(labels);
  if (known !== undefined) return known;
  const edges = {
    byRow: edgeScore(scene, labels, "row"),
    byColumn: edgeScore(scene, labels, "column"),
    rowShare: namedShare(scene, labels, "row"),
    columnShare: namedShare(scene, labels, "column"),
  };
  EDGES.set(labels, edges);
  return edges;
}
