// The difference of two open engines, asked once, with the rows of each pair's layers.

// SPDX-License-Identifier: Apache-2.0
import type { Client } from '../../core/client';
import type { Engine } from '../../state/app.svelte';
import type { Diff } from './answers';

export interface Paired {
  a: Engine;
  b: Engine;
  diff: Diff;
  pair_of_a: Uint32Array; // by layer row; no_pair: in none
  pair_of_b: Uint32Array;
  rows_a: number[][]; // by pair
  rows_b: number[][];
}

export const no_pair = 0xffffffff;
const kept = new WeakMap<Engine, WeakMap<Engine, Promise<Paired>>>();

export function rows_of_pairs(pair_of: Uint32Array, count: number): number[][] {
  const rows: number[][] = Array.from({ length: count }, () => []);
  pair_of.forEach((pair, row) => {
    if (pair < count) rows[pair].push(row);
  });
  return rows;
}

export function diff_of(core: Client, a: Engine, b: Engine): Promise<Paired> {
  let of_a = kept.get(a);
  if (!of_a) kept.set(a, (of_a = new WeakMap()));
  let paired = of_a.get(b);
  if (!paired) {
    paired = ask(core, a, b);
    paired.catch(() => of_a.delete(b)); // may be asked again
    of_a.set(b, paired);
  }
  return paired;
}

async function ask(core: Client, a: Engine, b: Engine): Promise<Paired> {
  const answer = (await core.call('diff', { a: a.id, b: b.id })) as Diff & { pairs_a: Uint32Array; pairs_b: Uint32Array };
  const count = answer.pairs.length;
  return {
    a, b, diff: answer, pair_of_a: answer.pairs_a, pair_of_b: answer.pairs_b,
    rows_a: rows_of_pairs(answer.pairs_a, count), rows_b: rows_of_pairs(answer.pairs_b, count),
  };
}

// The layer that stands for several: the slowest.
export function main_row(engine: Engine, rows: readonly number[]): number | null {
  const times = engine.layers.numbers('time_ms');
  return rows.reduce<number | null>((best, row) => (best === null || times[row] > times[best] ? row : best), null);
}
