// Which colour a layer has, in the mode that the person chose; and what the colours mean.
//
// The colours are the core's. Types and precisions that have none of their own take the others in
// turn, those with the most time first, so that the same engine always looks the same.

// SPDX-License-Identifier: Apache-2.0
import type { Finding } from '../core/reports';
import type { Columns } from '../core/table';
import type { BothColors, Calls } from '../core/types';
import { unknown } from './units';

export const color_modes = [
  { id: 'precision', title: 'precision' },
  { id: 'type', title: 'layer type' },
  { id: 'time', title: 'time' },
  { id: 'efficiency', title: 'efficiency' },
  { id: 'findings', title: 'findings' },
] as const;
export type ColorMode = (typeof color_modes)[number]['id'];

// The core's colours on one ground: "#rrggbb".
export interface Hues {
  types: Record<string, string>;
  precisions: Record<string, string>;
  severities: Record<string, string>;
  heat: string[];
  others: string[];
  unknown: string;
}

export interface LegendEntry {
  label: string;
  color: string;
  value?: string; // the cell it stands for, for a filter
}

export interface Coloring {
  color: (row: number) => string;
  legend: LegendEntry[];
}

interface Layers {
  layers: Columns;
  findings_of: ReadonlyMap<number, Finding[]>;
}

const grey = '#808892';

export function flat(colors: Calls['colors']['answer'] | null, dark: boolean): Hues {
  if (!colors) return { types: {}, precisions: {}, severities: {}, heat: [grey], others: [grey], unknown: grey };
  const one = (color: BothColors) => (dark ? color.dark : color.light);
  const map = (named: Record<string, BothColors>) =>
    Object.fromEntries(Object.entries(named).map(([name, color]) => [name, one(color)]));
  return {
    types: map(colors.types), precisions: map(colors.precisions), severities: map(colors.severities),
    heat: colors.heat.map(one), others: colors.others.map(one), unknown: one(colors.unknown),
  };
}

export function coloring(engine: Layers, hues: Hues, mode: ColorMode): Coloring {
  if (mode === 'efficiency') return by_efficiency(engine, hues);
  if (mode === 'time') return by_time(engine, hues);
  if (mode === 'findings') return by_severity(engine, hues);
  return by_word(engine.layers, hues, mode, mode === 'type' ? hues.types : hues.precisions);
}

// Words in the order of their weight; names are matched as the core does, whatever their case.
export function word_colors(
  words: readonly string[], own: Record<string, string>, others: readonly string[],
): Map<string, string> {
  const lower = new Map(Object.entries(own).map(([word, color]) => [word.toLowerCase(), color]));
  const result = new Map<string, string>();
  let next = 0;
  for (const word of words) {
    result.set(word, lower.get(word.toLowerCase()) ?? others[next++ % others.length]);
  }
  return result;
}

function by_word(layers: Columns, hues: Hues, name: string, own: Record<string, string>): Coloring {
  const words = layers.texts(name);
  const times = layers.numbers('time_ms');
  const weights = new Map<string, number>();
  words.forEach((word, row) => {
    if (word !== null) weights.set(word, (weights.get(word) ?? 0) + (times[row] || 0));
  });
  const order = [...weights.keys()].sort((a, b) => weights.get(b)! - weights.get(a)! || (a < b ? -1 : 1));
  const chosen = word_colors(order, own, hues.others);
  const legend: LegendEntry[] = order.map((word) => ({ label: word, color: chosen.get(word)!, value: word }));
  if (words.includes(null)) legend.push({ label: unknown, color: hues.unknown });
  return { color: (row) => chosen.get(words[row] ?? '') ?? hues.unknown, legend };
}

// `hot`: 0 is the coolest, 1 the hottest of the ramp, NaN unknown.
function by_heat(hues: Hues, hot: (row: number) => number, labels: (low: number, high: number) => string): Coloring {
  const steps = hues.heat.length;
  const color = (row: number) => {
    const value = hot(row);
    if (Number.isNaN(value)) return hues.unknown;
    return hues.heat[Math.min(Math.max(Math.floor(value * steps), 0), steps - 1)];
  };
  const legend = hues.heat.map((heat, i) => ({ label: labels(i / steps, (i + 1) / steps), color: heat }));
  return { color, legend: [...legend, { label: unknown, color: hues.unknown }] };
}

const whole = (part: number) => String(Math.round(100 * part));

// Far from the floor is hot.
function by_efficiency({ layers }: Layers, hues: Hues): Coloring {
  const values = layers.numbers('efficiency');
  return by_heat(hues, (row) => 1 - values[row], (low, high) => `${whole(1 - high)}–${whole(1 - low)}%`);
}

// On the root of the time against the slowest, so that the middle shows too.
function by_time({ layers }: Layers, hues: Hues): Coloring {
  const times = layers.numbers('time_ms');
  let slowest = 0;
  for (const time of times) slowest = Math.max(slowest, Number.isNaN(time) ? 0 : time);
  const label = (_: number, high: number) => `up to ${whole(high * high)}% of the slowest`;
  return by_heat(hues, (row) => (slowest > 0 ? Math.sqrt(Math.max(times[row], 0) / slowest) : NaN), label);
}

const ranks = ['error', 'warning', 'note'] as const;

function by_severity({ findings_of }: Layers, hues: Hues): Coloring {
  const color = (row: number) => {
    const found = findings_of.get(row);
    const worst = found && ranks.find((rank) => found.some((finding) => finding.severity === rank));
    return (worst && hues.severities[worst]) ?? hues.unknown;
  };
  const legend = ranks.map((rank) => ({ label: rank, color: hues.severities[rank] ?? hues.unknown }));
  return { color, legend: [...legend, { label: 'nothing found', color: hues.unknown }] };
}
