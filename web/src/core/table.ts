// A table of the core, read by column name.

// SPDX-License-Identifier: Apache-2.0
import { unknown_text, type CoreColumn, type CoreTable } from './types';

export type Cell = number | boolean | string | (string | number)[] | undefined;

export class Columns {
  readonly rows: number;
  readonly list: readonly CoreColumn[];
  private readonly by_name: Map<string, CoreColumn>;
  private readonly decoded = new Map<string, (string | null)[]>();

  constructor(table: CoreTable) {
    this.rows = table.rows;
    this.list = table.columns;
    this.by_name = new Map(table.columns.map((column) => [column.name, column]));
  }

  find(name: string): CoreColumn | undefined {
    return this.by_name.get(name);
  }

  // NaN where unknown, and where there is no such column.
  number(name: string, row: number): number {
    const column = this.by_name.get(name);
    if (!column || column.texts || column.starts) return NaN;
    const value = column.values[row];
    return column.type === 'bool' && value > 1 ? NaN : value;
  }

  numbers(name: string): CoreColumn['values'] {
    return this.by_name.get(name)?.values ?? new Float64Array(this.rows).fill(NaN);
  }

  text(name: string, row: number): string | null {
    const column = this.by_name.get(name);
    if (!column?.texts || column.starts) return null;
    const id = column.values[row];
    return id === unknown_text ? null : column.texts[id];
  }

  // The whole text column, decoded once.
  texts(name: string): readonly (string | null)[] {
    let texts = this.decoded.get(name);
    if (!texts) {
      texts = Array.from({ length: this.rows }, (_, row) => this.text(name, row));
      this.decoded.set(name, texts);
    }
    return texts;
  }

  // undefined: unknown.
  cell(name: string, row: number): Cell {
    const column = this.by_name.get(name);
    if (!column) return undefined;
    if (column.starts) return column.unknown?.[row] ? undefined : this.list_of(name, row);
    if (column.texts) return this.text(name, row) ?? undefined;
    const value = column.values[row];
    if (column.type === 'bool') return value > 1 ? undefined : value === 1;
    return Number.isNaN(value) ? undefined : value;
  }

  list_of(name: string, row: number): (string | number)[] {
    const column = this.by_name.get(name);
    if (!column?.starts) return [];
    const values = Array.from(column.values.subarray(column.starts[row], column.starts[row + 1]));
    return column.texts ? values.map((id) => column.texts![id]) : values;
  }
}
