// What a chart shows, as a small table: the drawing and its table fallback are made from the same
// rows, so that neither can say what the other does not.
//
// A row may stand for layers of the engine (`layers`): a click on its mark selects them.
// Unknown is NaN in numbers and null in texts; it is shown as "–" and never drawn as 0.

// SPDX-License-Identifier: Apache-2.0
import { csv } from '../../../ui/download';

export interface NumberColumn {
  name: string; // as the core spells it: `time_ms`
  title: string; // for people: "time"
  unit: string; // as the core gives it: "ms", "B", "%", "FLOP" ...; "" for none
  values: ArrayLike<number>;
}

export interface TextColumn {
  name: string;
  title: string;
  texts: readonly (string | null)[];
}

export type FrameColumn = NumberColumn | TextColumn;

export interface Frame {
  rows: number;
  columns: FrameColumn[];
  layers?: (row: number) => readonly number[];
  // Of a table of groups: what the filter says of the group in that column; null: it cannot.
  clauses?: Record<string, readonly (string | null)[]>;
}

export function is_number_column(column: FrameColumn): column is NumberColumn {
  return 'values' in column;
}

export function numbers(frame: Frame, name: string): ArrayLike<number> {
  const column = frame.columns.find((c) => c.name === name);
  if (!column || !is_number_column(column)) throw new Error(`no number column '${name}' in a chart`);
  return column.values;
}

export function texts(frame: Frame, name: string): readonly (string | null)[] {
  const column = frame.columns.find((c) => c.name === name);
  if (!column || is_number_column(column)) throw new Error(`no text column '${name}' in a chart`);
  return column.texts;
}

export function column_of(frame: Frame, name: string): FrameColumn | undefined {
  return frame.columns.find((c) => c.name === name);
}

// The whole frame, numbers in full, unknown as an empty field; units in the headings.
export function frame_csv(frame: Frame): string {
  const head = frame.columns.map((c) =>
    is_number_column(c) && c.unit && !c.name.endsWith(`_${c.unit}`) ? `${c.name} (${c.unit})` : c.name,
  );
  const cell = (c: FrameColumn, row: number) => (is_number_column(c) ? c.values[row] : c.texts[row]);
  return csv(head, Array.from({ length: frame.rows }, (_, row) => frame.columns.map((c) => cell(c, row))));
}
