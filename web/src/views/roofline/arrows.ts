// Arrows in the roofline, from a layer of the old engine to its counterpart in the new one.

// SPDX-License-Identifier: Apache-2.0
import { main_row, type Paired } from '../compare/diff_of';
import type { Arrow } from './roofline_figure';

const labelled = 4; // more percentages would cover each other
const most_arrows = 40; // those that moved the most milliseconds

export function arrows_of(paired: Paired): Arrow[] {
  const { a, b, diff, rows_a, rows_b } = paired;
  const at = (engine: typeof a, row: number) => ({ x: engine.layers.number('intensity', row), y: engine.layers.number('tflops', row) });
  const arrows: Arrow[] = [];
  const order = diff.pairs.map((_, i) => i).sort((i, j) => Math.abs(diff.pairs[j].delta_ms ?? 0) - Math.abs(diff.pairs[i].delta_ms ?? 0));
  for (const i of order) {
    const [old_row, new_row] = [main_row(a, rows_a[i]), main_row(b, rows_b[i])];
    const { delta_ms, time_a_ms } = diff.pairs[i];
    if (old_row === null || new_row === null || delta_ms === null) continue;
    const [from, to] = [at(a, old_row), at(b, new_row)];
    if (![from.x, from.y, to.x, to.y].every((value) => value > 0 && Number.isFinite(value))) continue;
    const change = time_a_ms ? (100 * delta_ms) / time_a_ms : NaN;
    const text = Number.isFinite(change) && Math.abs(change) >= 1 ? `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(0)} %` : '';
    arrows.push({ from, to, text: arrows.length < labelled ? text : '', better: delta_ms <= 0 });
    if (arrows.length === most_arrows) break;
  }
  return arrows;
}
