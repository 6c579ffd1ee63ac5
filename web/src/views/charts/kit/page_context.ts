// The charts' questions, put to the core for one engine and filter.

// SPDX-License-Identifier: Apache-2.0
import { Columns } from '../../../core/table';
import type { Engine } from '../../../state/app.svelte';
import { equals } from '../../../state/where';
import type { Hues } from '../../../ui/coloring';
import type { Context } from './context';
import type { Frame, FrameColumn } from './frame';
import { text as key_words, title_of } from './layers';

const own_attributes = new WeakMap<Engine, Map<string, Columns>>();

// What the page shows of an engine: its filter and its colours.
export function context_of(engine: Engine, hues: Hues, filter: string, inside: Uint8Array | null): Context {
  let attributes = own_attributes.get(engine);
  if (!attributes) own_attributes.set(engine, (attributes = new Map()));
  return {
    layers: { table: engine.layers, attributes },
    hues,
    filter,
    inside,
    async rows(where) {
      if (where === '') return Array.from(engine.visible);
      const { rows } = await engine.ask('select', { where, all: false, sort: ['index:asc'] });
      return Array.from(rows);
    },
    async fetch(column) {
      if (engine.layers.find(column) || attributes.has(column)) return true;
      if (!engine.attributes.includes(column)) return false;
      const answer = await engine.ask('layers', { columns: [column] });
      attributes.set(column, new Columns(answer));
      return true;
    },
    async group(where, by, aggregates) {
      const known = by.every((name) => engine.layers.find(name) || engine.attributes.includes(name));
      if (!known) return no_groups(by, aggregates);
      const columns = new Columns(await engine.ask('group', { where, by: [...by], aggregates: [...aggregates], all: false }));
      return group_frame(columns, by);
    },
  };
}

// An engine whose file has no such attribute has no such groups.
function no_groups(by: readonly string[], aggregates: readonly string[]): Frame {
  const numbers = ['count', ...aggregates.map((text) => text.replace(/^sum:/, '').replace(':', '_'))];
  return {
    rows: 0,
    columns: [
      ...by.map((name) => ({ name, title: title_of(name), texts: [] })),
      ...numbers.map((name) => ({ name, title: title_of(name), unit: '', values: [] })),
    ],
  };
}

function group_frame(groups: Columns, by: readonly string[]): Frame {
  const layers = { table: groups, attributes: new Map<string, Columns>() };
  const columns = groups.list.map((column): FrameColumn => {
    const head = { name: column.name, title: group_title(column.name) };
    if (by.includes(column.name)) return { ...head, texts: key_words(layers, column.name) };
    return { ...head, unit: column.unit, values: column.values };
  });
  const clauses = Object.fromEntries(
    by.map((name) => [name, Array.from({ length: groups.rows }, (_, row) => equals(name, groups.cell(name, row)))]),
  );
  return { rows: groups.rows, columns, clauses };
}

function group_title(name: string): string {
  return name === 'count' ? 'layers' : name === 'mean_time_ms' ? 'time of one layer' : title_of(name);
}
