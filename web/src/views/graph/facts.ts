// What the colours of the graph need of an engine's layers, taken from what the core answered.

// SPDX-License-Identifier: Apache-2.0
import type { Calls, Json } from '../../core/types';
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

// Rows of the layers that a finding of `trex lint --json` names.
export function severities(rows: number, lint: Json | null): Uint8Array {
  const worst = new Uint8Array(rows);
  for (const finding of lint?.findings ?? []) {
    const rank = ranks[finding.severity] ?? 0;
    for (const layer of layers_of(finding)) if (layer < rows) worst[layer] = Math.max(worst[layer], rank);
  }
  return worst;
}

function layers_of(finding: Json): number[] {
  const list: unknown[] = Array.isArray(finding.layers) ? finding.layers : [finding.layer];
  return list.map((layer) => (typeof layer === 'object' && layer !== null ? (layer as Json).index : layer)).filter(
    (layer): layer is number => typeof layer === 'number' && layer >= 0,
  );
}

export function facts_of(layers: Columns, lint: Json | null, delta_ms: Float64Array | null): LayerFacts {
  return {
    time_ms: layers.numbers('time_ms') as Float64Array, floor_ms: layers.numbers('floor_ms') as Float64Array,
    precision: (row) => layers.text('precision', row) ?? '', severity: severities(layers.rows, lint), delta_ms,
  };
}
