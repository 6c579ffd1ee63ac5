// The layers of the filter in an order that a table asks for. The core sorts.

// SPDX-License-Identifier: Apache-2.0
import { latest } from '../core/latest';
import { app } from './app.svelte';
import type { Engine } from './engine.svelte';

interface Question {
  engine: Engine;
  where: string;
  sort: string; // "time_ms:desc"; "": execution order
  all: boolean;
}

export class SortedRows {
  rows = $state.raw<ArrayLike<number>>([]);
  private readonly ask = latest(
    ({ engine, where, sort, all }: Question) =>
      app.core.call('select', { engine: engine.id, where, sort: [sort], all }),
    ({ rows }) => (this.rows = rows),
    () => {},
  );

  // Call it from an effect: it reads the state that the order depends on.
  follow(sort: string): void {
    const { engine, where, rows, hidden } = app;
    if (!engine) return;
    if (sort === '') this.rows = rows;
    else this.ask({ engine, where, sort, all: hidden });
  }
}

// The next order after a click on that column's head: largest or first, the other way, none.
export function next_sort(sort: string, name: string, number: boolean): string {
  const [by, order] = sort.split(':');
  const first = number ? 'desc' : 'asc';
  if (by !== name) return `${name}:${first}`;
  if (order === first) return `${name}:${first === 'desc' ? 'asc' : 'desc'}`;
  return '';
}
