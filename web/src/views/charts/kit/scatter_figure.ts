// How do two columns go together? One dot a layer, its area a third column, its colour a fourth.

// SPDX-License-Identifier: Apache-2.0
import { axis_name, axis_scale, finite_max, finite_min, grid, tick_text, value_axis } from './axes';
import type { Coloring } from './colors';
import type { Option } from './echarts';
import { brushed, type BrushRange, type Figure, type Scene } from './figure';
import { column_of, is_number_column, numbers, type Frame } from './frame';
import { mix } from './look';

export interface ScatterParts {
  id: string;
  title: string;
  summary: string;
  notes: string[];
  frame: Frame;
  x: string;
  y: string;
  size?: string;
  logarithmic: { x: boolean; y: boolean };
  coloring: Coloring;
  inside: ArrayLike<number> | null;
  height?: number;
  // More series under the dots (roofs, lines), in drawn values.
  under?: (scene: Scene, factors: { x: number; y: number }) => object[];
  over?: (scene: Scene, factors: { x: number; y: number }) => object[];
  limits?: { x?: [number, number]; y?: [number, number] };
  filters?: boolean; // brushing sets the filter; default true
}

const least_size = 6;
const largest_size = 34;

// The area says the value: the diameter is its root.
export function dot_size(value: number, largest: number, compact: boolean): number {
  const scale = compact ? 0.45 : 1;
  if (!Number.isFinite(value) || !(largest > 0) || value < 0) return least_size * scale;
  return Math.max(least_size, largest_size * Math.sqrt(value / largest)) * scale;
}

export function drawable(value: number, logarithmic: boolean): boolean {
  return Number.isFinite(value) && (!logarithmic || value > 0);
}

export function drawn_rows(parts: ScatterParts): number[] {
  const [x, y] = [numbers(parts.frame, parts.x), numbers(parts.frame, parts.y)];
  const rows: number[] = [];
  for (let row = 0; row < parts.frame.rows; ++row) {
    if (drawable(x[row], parts.logarithmic.x) && drawable(y[row], parts.logarithmic.y)) rows.push(row);
  }
  return rows;
}

interface Axis {
  factor: number;
  option: Record<string, unknown>;
}

// From a power of ten to a power of ten would waste half the plot: a tenth of a decade of margin.
export function log_limits(low: number, high: number): [number, number] {
  if (!(low > 0) || !Number.isFinite(high)) return [0.1, 10];
  const margin = Math.max(0.12, Math.log10(high / low) * 0.06);
  return [10 ** (Math.log10(low) - margin), 10 ** (Math.log10(high) + margin)];
}

function axis_of(parts: ScatterParts, kind: 'x' | 'y', rows: number[], scene: Scene): Axis {
  const column = column_of(parts.frame, parts[kind])!;
  const values = rows.map((row) => numbers(parts.frame, parts[kind])[row]);
  const unit = is_number_column(column) ? column.unit : '';
  const logarithmic = parts.logarithmic[kind];
  const scale = logarithmic && unit !== '%' ? { factor: 1, unit } : axis_scale(finite_max(values), unit);
  const limits = parts.limits?.[kind] ?? (logarithmic ? log_limits(finite_min(values), finite_max(values)) : undefined);
  const name = axis_name(column.title, scale.unit);
  const option = value_axis({ ...scene, name }, kind, {
    type: logarithmic ? 'log' : 'value',
    // Powers of ten alone would label a narrow range once or never.
    logBase: logarithmic && limits && limits[1] / limits[0] < 60 ? 2 : 10,
    ...(limits ? { min: limits[0] / scale.factor, max: limits[1] / scale.factor } : {}),
    splitLine: { show: !scene.compact, showMinLine: false, showMaxLine: false, lineStyle: { color: scene.look.faint } },
    axisLabel: { show: !scene.compact, color: scene.look.muted, fontSize: 11, formatter: tick_text, hideOverlap: true, ...(limits ? { showMinLabel: false, showMaxLabel: false } : {}) },
  });
  return { factor: scale.factor, option };
}

function dots(parts: ScatterParts, rows: number[], factors: { x: number; y: number }, scene: Scene): object {
  const [x, y] = [numbers(parts.frame, parts.x), numbers(parts.frame, parts.y)];
  const sizes = parts.size ? numbers(parts.frame, parts.size) : null;
  const largest = sizes ? finite_max(rows.map((row) => sizes[row])) : NaN;
  // The large ones first, so that a small dot is never hidden under them.
  const order = sizes ? [...rows].sort((a, b) => (sizes[b] || 0) - (sizes[a] || 0)) : rows;
  return {
    id: 'dots',
    type: 'scatter',
    data: order.map((row) => {
      const pale = parts.inside !== null && !parts.inside[row];
      const color = pale ? mix(parts.coloring.colors[row], scene.look.surface, 0.82) : parts.coloring.colors[row];
      return {
        value: [x[row] / factors.x, y[row] / factors.y, row],
        symbolSize: sizes ? dot_size(sizes[row], largest, scene.compact) : scene.compact ? 4 : 9,
        itemStyle: { color: color + 'cc', borderColor: pale ? color : mix(color, scene.look.text, 0.25), borderWidth: scene.compact ? 0 : 0.75 },
      };
    }),
    cursor: 'pointer',
    emphasis: { scale: 1.15 },
  };
}

function ring(at: number[][], { look, compact }: Scene): object {
  return {
    id: 'selected',
    type: 'scatter',
    silent: true,
    z: 10,
    data: at,
    symbolSize: compact ? 9 : 20,
    itemStyle: { color: 'transparent', borderColor: look.accent, borderWidth: 2.5 },
    animation: false,
  };
}

export function scatter_figure(parts: ScatterParts): Figure {
  const rows = drawn_rows(parts);
  const [x, y] = [numbers(parts.frame, parts.x), numbers(parts.frame, parts.y)];
  const of_layer = new Map<number, number>();
  for (const row of rows) for (const layer of parts.frame.layers?.(row) ?? []) of_layer.set(layer, row);
  const left_out = parts.frame.rows - rows.length;
  const notes = [...parts.notes];
  if (left_out > 0) notes.push(`${left_out} of ${parts.frame.rows} layers are not drawn: a value is unknown${parts.logarithmic.x || parts.logarithmic.y ? ' or not above 0' : ''}`);
  let factors = { x: 1, y: 1 };
  const option = (scene: Scene): Option => {
    const axes = { x: axis_of(parts, 'x', rows, scene), y: axis_of(parts, 'y', rows, scene) };
    factors = { x: axes.x.factor, y: axes.y.factor };
    return {
      animation: false,
      grid: grid(scene.compact),
      xAxis: axes.x.option,
      yAxis: axes.y.option,
      series: [
        ...(parts.under?.(scene, factors) ?? []),
        dots(parts, rows, factors, scene),
        ...(parts.over?.(scene, factors) ?? []),
        ring([], scene),
      ],
    };
  };
  const range = (column: string, part: [number, number] | undefined, factor: number) =>
    part ? [brushed(column, part[0] * factor, part[1] * factor)] : [];
  return {
    ...parts,
    notes,
    empty: rows.length === 0 ? 'No layer has both values' : undefined,
    option,
    mark: (layer, scene) => {
      const row = layer === null ? undefined : of_layer.get(layer);
      return [ring(row === undefined ? [] : [[x[row] / factors.x, y[row] / factors.y]], scene)];
    },
    brush: parts.filters === false ? undefined : {
      kind: 'rect',
      where: (r: BrushRange) => [...range(parts.x, r.x, factors.x), ...range(parts.y, r.y, factors.y)].join(' and ') || null,
    },
  };
}
