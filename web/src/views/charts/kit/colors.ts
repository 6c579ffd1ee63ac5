// Which colour has a layer in a chart, and what does the legend say of it?
//
// By a word (precision, type, tactic ...) or by a number on the heat ramp. The colours are the
// core's, as in every picture of trex; what has none of its own takes the other colours in turn,
// in order of time so that the important ones differ.

// SPDX-License-Identifier: Apache-2.0
import type { Hues } from '../../../ui/coloring';
import { ramp } from './look';

export interface LegendEntry {
  key: string | null;
  label: string;
  color: string;
  rows: number;
}

export interface Coloring {
  title: string;
  colors: readonly string[]; // of each row
  legend: LegendEntry[]; // words: largest first
  ramp?: { low: number; high: number; unit: string; colors: readonly string[]; logarithmic: boolean };
}

// Legends past so many say "others": nobody tells more colours apart.
const most_words = 12;

function own_colors(hues: Hues, by: string): Record<string, string> {
  if (by.includes('precision') || by === 'weights_type') return hues.precisions;
  if (by === 'type') return hues.types;
  if (by === 'bound') {
    return { compute: hues.others[0], memory: hues.others[1] };
  }
  return {};
}

export function color_of_word(hues: Hues, by: string, word: string | null): string | undefined {
  if (word === null) return hues.unknown;
  const own = own_colors(hues, by);
  return own[word] ?? own[Object.keys(own).find((k) => k.toLowerCase() === word.toLowerCase()) ?? ''];
}

// `weights`: what makes a word important, such as time; NaN counts as nothing.
export function color_by_word(
  hues: Hues, by: string, title: string, words: readonly (string | null)[], weights: ArrayLike<number>,
): Coloring {
  const totals = new Map<string | null, { weight: number; rows: number }>();
  words.forEach((word, row) => {
    const total = totals.get(word) ?? { weight: 0, rows: 0 };
    total.weight += Number.isFinite(weights[row]) ? weights[row] : 0;
    total.rows += 1;
    totals.set(word, total);
  });
  const order = [...totals.keys()].sort((a, b) => {
    const [x, y] = [totals.get(a)!, totals.get(b)!];
    return y.weight - x.weight || y.rows - x.rows || ((a ?? '\uffff') < (b ?? '\uffff') ? -1 : 1);
  });
  const chosen = new Map<string | null, string>();
  const used = new Set<string>();
  for (const word of order) {
    const own = color_of_word(hues, by, word);
    if (own) chosen.set(word, own).size, used.add(own);
  }
  const free = hues.others.filter((color) => !used.has(color));
  const spare = free.length > 0 ? free : hues.others;
  let taken = 0;
  const legend: LegendEntry[] = [];
  const rest: LegendEntry = { key: null, label: '', color: hues.unknown, rows: 0 };
  let rest_words = 0;
  order.forEach((word, place) => {
    const rows = totals.get(word)!.rows;
    const shown = place < most_words;
    if (!chosen.has(word)) chosen.set(word, shown && taken < spare.length ? spare[taken++] : hues.unknown);
    if (shown) {
      legend.push({ key: word, label: word ?? '–', color: chosen.get(word)!, rows });
    } else {
      rest.rows += rows;
      rest_words += 1;
    }
  });
  if (rest_words > 0) legend.push({ ...rest, label: `${rest_words} others` });
  return { title, colors: words.map((word) => chosen.get(word)!), legend };
}

// Numbers over more than a factor of a thousand are put on a logarithmic ramp.
export function color_by_number(
  hues: Hues, title: string, unit: string, values: ArrayLike<number>,
): Coloring {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; ++i) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  const logarithmic = low > 0 && high / low > 1000;
  const place = (value: number) => {
    if (high <= low) return 0.5;
    return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  };
  const unknown = Array.from(values, Number.isFinite).filter((known) => !known).length;
  return {
    title,
    colors: Array.from(values, (v) => (Number.isFinite(v) ? ramp(hues.heat, place(v)) : hues.unknown)),
    legend: unknown > 0 ? [{ key: null, label: '–', color: hues.unknown, rows: unknown }] : [],
    ramp: high >= low ? { low, high, unit, colors: hues.heat, logarithmic } : undefined,
  };
}
