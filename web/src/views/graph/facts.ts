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

// What changed, by layer: its time less its part of the time before.
export interface Change {
  delta_ms: Float64Array;
  alone: Uint8Array;
}

export function facts_of(
  layers: Columns, findings_of: ReadonlyMap<number, readonly { severity: string }[]>, change: Change | null = null,
): LayerFacts {
  return {
    time_ms: layers.numbers('time_ms') as Float64Array, floor_ms: layers.numbers('floor_ms') as Float64Array,
    precision: (row) => layers.text('precision', row) ?? '', severity: severities(layers.rows, findings_of),
    delta_ms: change?.delta_ms ?? null, alone: change?.alone ?? null,
  };
}

export const no_pair = 0xffffffff;

// Of each engine's layers, from the pair that each is in (its number, or no_pair). A pair's change is
// shared among its layers by their time, so that those of a scope add up to the scope's.
export function changes(
  before: Float64Array, after: Float64Array, pairs_before: Uint32Array, pairs_after: Uint32Array,
): { before: Change; after: Change } {
  const times = (list: Float64Array, pairs: Uint32Array): Map<number, number> => {
    const sums = new Map<number, number>();
    pairs.forEach((pair, row) => pair !== no_pair && sums.set(pair, (sums.get(pair) ?? 0) + list[row]));
    return sums;
  };
  const [old_times, new_times] = [times(before, pairs_before), times(after, pairs_after)];
  const of = (list: Float64Array, pairs: Uint32Array, own: Map<number, number>): Change => {
    const delta_ms = new Float64Array(list.length).fill(NaN);
    const alone = new Uint8Array(list.length);
    pairs.forEach((pair, row) => {
      const [old_ms, new_ms, all] = [old_times.get(pair), new_times.get(pair), own.get(pair)];
      if (old_ms === undefined || new_ms === undefined || all === undefined) alone[row] = 1;
      else delta_ms[row] = all > 0 ? ((new_ms - old_ms) * list[row]) / all : 0;
    });
    return { delta_ms, alone };
  };
  return { before: of(before, pairs_before, old_times), after: of(after, pairs_after, new_times) };
}
