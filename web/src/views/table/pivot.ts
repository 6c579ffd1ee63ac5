// A grouped table turned so that the values of one column become columns. The core grouped and summed;
// this only moves cells.

// SPDX-License-Identifier: Apache-2.0
import type { Columns } from '../../core/table';
import { unknown } from '../../ui/units';

export interface Pivot {
  heads: string[]; // values of `across`, those with the most first
  rows: { key: string; value: string | undefined; cells: number[]; total: number }[];
}

export function pivot(groups: Columns, down: string, across: string, measure: string): Pivot {
  const totals = new Map<string, number>();
  const lines = new Map<string, { value: string | undefined; cells: Map<string, number>; total: number }>();
  for (let row = 0; row < groups.rows; ++row) {
    const value = said(groups, down, row);
    const head = said(groups, across, row) ?? unknown;
    const amount = groups.number(measure, row);
    const key = value ?? unknown;
    const line = lines.get(key) ?? { value, cells: new Map<string, number>(), total: 0 };
    line.cells.set(head, amount);
    line.total += amount || 0;
    lines.set(key, line);
    totals.set(head, (totals.get(head) ?? 0) + (amount || 0));
  }
  const heads = [...totals.keys()].sort((a, b) => totals.get(b)! - totals.get(a)! || (a < b ? -1 : 1));
  const rows = [...lines].map(([key, { value, cells, total }]) => ({
    key, value, total, cells: heads.map((head) => cells.get(head) ?? NaN),
  }));
  rows.sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1));
  return { heads, rows };
}

function said(groups: Columns, name: string, row: number): string | undefined {
  const cell = groups.cell(name, row);
  return cell === undefined ? undefined : Array.isArray(cell) ? cell.join(', ') : String(cell);
}
