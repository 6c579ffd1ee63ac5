// Bars in execution order: one bar a layer, coloured by a word or a number.
//
// Bars stand in one series a colour, so that ten thousand of them are drawn in one stroke each;
// layers outside the filter are drawn pale, not left out: their place says something too.

// SPDX-License-Identifier: Apache-2.0
import { axis_name, axis_scale, category_axis, finite_max, grid, value_axis } from './axes';
import type { Coloring } from './colors';
import type { Option } from './echarts';
import { between } from '../../../state/where';
import type { BrushRange, Figure, Scene } from './figure';
import { column_of, is_number_column, numbers, type Frame } from './frame';
import { mix } from './look';

export interface OrderParts {
  id: string;
  title: string;
  summary: string;
  notes: string[];
  frame: Frame; // has `index`, the layer's number, beside the value
  value: string; // column
  coloring: Coloring;
  inside: ArrayLike<number> | null; // by row of the frame: 1 in the filter; null: all are
}

const many_bars = 300; // more are scrolled with a slider
const huge = 4000; // more are drawn by ECharts' fast path, which knows no hover on a single bar

interface Slot {
  color: string;
  data: [number, number, number][];
}

// One list of bars a colour; what lies outside the filter is paler.
function slots(parts: OrderParts, surface: string, factor: number): Slot[] {
  const values = numbers(parts.frame, parts.value);
  const lists = new Map<string, Slot>();
  for (let row = 0; row < parts.frame.rows; ++row) {
    if (!Number.isFinite(values[row])) continue;
    const pale = parts.inside !== null && !parts.inside[row];
    const own = parts.coloring.colors[row];
    const color = pale ? mix(own, surface, 0.8) : own;
    let slot = lists.get(color);
    if (!slot) lists.set(color, (slot = { color, data: [] }));
    slot.data.push([row, values[row] / factor, row]);
  }
  return [...lists.values()];
}

function option_of(parts: OrderParts, scene: Scene): Option {
  const { look, compact } = scene;
  const column = column_of(parts.frame, parts.value)!;
  const unit = is_number_column(column) ? column.unit : '';
  const scale = axis_scale(finite_max(numbers(parts.frame, parts.value)), unit);
  const index = numbers(parts.frame, 'index');
  const scrolls = !compact && parts.frame.rows > many_bars;
  const axis = { look, compact, name: 'layer, in execution order' };
  return {
    animation: false,
    grid: grid(compact, scrolls ? { bottom: 62 } : {}),
    xAxis: category_axis(axis, Array.from(index, String)),
    yAxis: value_axis({ look, compact, name: axis_name(column.title, scale.unit) }, 'y'),
    dataZoom: scrolls
      ? [
          { type: 'slider', height: 16, bottom: 8, borderColor: look.line, fillerColor: mix(look.accent, look.surface, 0.8) + '80', textStyle: { color: look.muted, fontSize: 10 }, showDetail: false, brushSelect: false },
          { type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: false, moveOnMouseWheel: false },
        ]
      : undefined,
    series: [
      ...slots(parts, look.surface, scale.factor).map((slot) => ({
        type: 'bar',
        data: slot.data,
        itemStyle: { color: slot.color },
        barGap: '-100%',
        barCategoryGap: parts.frame.rows > 60 ? '0%' : '14%',
        barMinHeight: compact ? 0 : 1,
        large: parts.frame.rows > huge,
        emphasis: { disabled: true },
        cursor: 'pointer',
      })),
      selected_series([], scene),
    ],
  };
}

function selected_series(at: number[], { look, compact }: Scene): Record<string, unknown> {
  return {
    id: 'selected',
    type: 'line',
    data: [],
    silent: true,
    markLine: {
      precision: 12, // the default rounds places to two digits
      symbol: ['none', compact ? 'none' : 'triangle'],
      symbolSize: 7,
      silent: true,
      animation: false,
      lineStyle: { color: look.accent, width: 1.5, type: 'solid' },
      label: { show: false },
      data: at.map((x) => ({ xAxis: x })),
    },
  };
}

export function order_figure(parts: OrderParts): Figure {
  const { frame } = parts;
  const index = numbers(frame, 'index');
  const row_of_layer = new Map<number, number>();
  if (frame.layers) for (let row = 0; row < frame.rows; ++row) for (const layer of frame.layers(row)) row_of_layer.set(layer, row);
  return {
    ...parts,
    option: (scene) => option_of(parts, scene),
    mark: (layer, scene) => {
      const row = layer === null ? undefined : row_of_layer.get(layer);
      return [selected_series(row === undefined ? [] : [row], scene)];
    },
    row_at: (x) => (x >= 0 && Math.round(x) < frame.rows ? Math.round(x) : null),
    brush: {
      kind: 'lineX',
      where: ({ x }: BrushRange) => {
        if (!x || frame.rows === 0) return null;
        const clamp = (place: number) => Math.min(Math.max(Math.round(place), 0), frame.rows - 1);
        return between('index', index[clamp(x[0])], index[clamp(x[1])]);
      },
    },
  };
}
