// The aligned layers of two engines as a table, and which pairs a filter of changes keeps.

// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../charts/kit/frame';
import type { Pair } from './answers';
import type { Paired } from './diff_of';

export function changes_of(pairs: readonly Pair[]): { word: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const pair of pairs) {
    for (const word of pair.changes.length > 0 ? pair.changes : ['unchanged']) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => ({ word, count })).sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1));
}

export interface PairFilter {
  change: string; // "": any; "unchanged": none
  cause: string; // "": any
  text: string; // part of a layer's name
}

export function kept_pairs(pairs: readonly Pair[], filter: PairFilter): number[] {
  const text = filter.text.trim().toLowerCase();
  const has_text = (names: readonly string[]) => names.some((name) => name.toLowerCase().includes(text));
  return pairs.flatMap((pair, i) => {
    const changed = filter.change === '' || (filter.change === 'unchanged' ? pair.changes.length === 0 : pair.changes.includes(filter.change));
    const caused = filter.cause === '' || pair.cause === filter.cause;
    const named = text === '' || has_text(pair.a) || has_text(pair.b);
    return changed && caused && named ? [i] : [];
  });
}

export function pairs_frame(paired: Paired, kept: readonly number[]): Frame {
  const pairs = kept.map((i) => paired.diff.pairs[i]);
  const number = (name: string, title: string, unit: string, pick: (p: Pair) => number | null) => ({
    name, title, unit, values: pairs.map((pair) => pick(pair) ?? NaN),
  });
  const word = (name: string, title: string, pick: (p: Pair) => string | null) => ({ name, title, texts: pairs.map(pick) });
  const noise = pairs.some((pair) => pair.significant !== null);
  return {
    rows: pairs.length,
    columns: [
      word('layer', 'layer', (p) => p.layer),
      number('delta_ms', 'change', 'ms', (p) => p.delta_ms),
      number('time_a_ms', 'from', 'ms', (p) => p.time_a_ms),
      number('time_b_ms', 'to', 'ms', (p) => p.time_b_ms),
      number('speedup', 'speed-up', '×', (p) => p.speedup),
      ...(noise ? [word('significant', 'noise', (p) => (p.significant === null ? null : p.significant ? 'real' : 'may be noise'))] : []),
      word('changes', 'changes', (p) => p.changes.join(', ') || 'none'),
      word('relation', 'relation', (p) => p.relation),
      word('type', 'type', (p) => p.type),
      word('precision', 'precision', (p) => p.precision),
      word('format', 'format', (p) => p.format),
      word('reason', 'paired by', (p) => p.reason),
      number('confidence', 'confidence', '%', (p) => p.confidence),
      word('tactic', 'tactic', (p) => p.tactic),
    ],
    layers: (row) => paired.rows_b[kept[row]],
  };
}
