// What the colours of the graph need of an engine's layers, taken from what the core answered.

// SPDX-License-Identifier: Apache-2.0
import type { Calls } from '../../core/types';
import type { Columns } from '../../core/table';
import type { LayerFacts, Palette } from './scene/coloring';

const ranks: Record<string, number> = { note: 1, warning: 2, error: 3 };

function hex(color: string): number {
  return parseInt(color.slice(1), 16);
}

export function palette_of(colors: Calls['colors']['answer']): Palette {
  // The canvas lightens for dark pages itself: it starts from the light ones.
  const named = (list: Record<string, { light: string }>, key: (name: string) => string): Map<string, number> =>
    new Map(Object.entries(list).map(([name, both]) => [key(name), hex(both.light)]));
  return {
    precisions: named(colors.precisions, (name) => name.toUpperCase()), severities: named(colors.severities, (name) => name),
    heat: colors.heat.map((both) => hex(both.light)), others: colors.others.map((both) => hex(both.light)),
    unknown: hex(colors.unknown.light),
  };
}

// By layer: the worst severity of the findings that name it.
export function severities(rows: number, findings_of: ReadonlyMap<number, readonly { severity: string }[]>): Uint8Array {
  const worst = new Uint8Array(rows);
  for (const [layer, findings] of findings_of) {
    if (layer < rows) worst[layer] = Math.max(0, ...findings.map((finding) => ranks[finding.severity] ?? 0));
  }
  return worst;
}

export function facts_of(
  layers: Columns, findings_of: ReadonlyMap<number, readonly { severity: string }[]>, delta_ms: Float64Array | null,
): LayerFacts {
  return {
    time_ms: layers.numbers('time_ms') as Float64Array, floor_ms: layers.numbers('floor_ms') as Float64Array,
    precision: (row) => layers.text('precision', row) ?? '', severity: severities(layers.rows, findings_of), delta_ms,
  };
}
