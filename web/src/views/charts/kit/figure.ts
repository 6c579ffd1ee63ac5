// One chart, ready to be drawn: its table, how ECharts draws it, and what clicking and brushing mean.
//
// Every series puts the frame's row third in its data ([x, y, row]), or `row` in an object: that is
// how a click finds its layers.

// SPDX-License-Identifier: Apache-2.0
import { between } from '../../../state/where';
import type { Coloring } from './colors';
import type { Option } from './echarts';
import type { Frame } from './frame';
import type { Look } from './look';
import type { Shape, Turn } from './space';

export interface Scene {
  look: Look;
  compact: boolean; // a small multiple: no labels
  width: number;
  height: number;
}

export interface BrushRange {
  x?: [number, number];
  y?: [number, number];
}

export interface Figure {
  id: string;
  title: string;
  summary: string; // for a reader who does not see it: what is drawn and its extremes
  notes: string[]; // what is not drawn, and why
  frame: Frame;
  empty?: string; // why nothing can be drawn
  height?: number;
  coloring?: Coloring;
  option?: (scene: Scene) => Option;
  // Instead of `option`: shapes of our own, seen from a side.
  paint?: (scene: Scene, turn: Turn, selected: number | null) => Shape[];
  // Series (with ids) that show the selected layer; merged into the drawn chart.
  mark?: (layer: number | null, scene: Scene) => object[];
  // The frame's row at a place of the first grid, in axis values; for marks too thin to hit.
  row_at?: (x: number, y: number) => number | null;
  // What a brushed range asks of the filter: a `--where` text.
  brush?: { kind: 'lineX' | 'rect'; where: (range: BrushRange) => string | null };
  // What a click on a row of groups asks of the filter.
  where?: (row: number) => string | null;
}

export function row_of_event(params: { value?: unknown; data?: unknown }): number | null {
  const data = params.data as { row?: number } | null | undefined;
  if (data && typeof data === 'object' && !Array.isArray(data) && typeof data.row === 'number') return data.row;
  const value = params.value;
  if (Array.isArray(value) && typeof value[2] === 'number' && value[2] >= 0) return value[2];
  return null;
}

// What a brush asks for: six digits are finer than a pixel.
export function brushed(column: string, low: number, high: number): string {
  const short = (value: number) => Number(value.toPrecision(6));
  return between(column, short(low), short(high));
}
