// Activations over execution order: how much is live at each step, where the peak is, and from when
// to when each buffer lives, on one axis.

// SPDX-License-Identifier: Apache-2.0
import { axis_name, axis_scale, category_axis, finite_max, value_axis } from '../charts/kit/axes';
import { between } from '../../state/where';
import type { BrushRange, Figure, Scene } from '../charts/kit/figure';
import { numbers, type Frame } from '../charts/kit/frame';
import { mix, ramp } from '../charts/kit/look';
import { say } from '../../ui/units';
import { lanes } from './lanes';

export interface Buffer {
  name: string;
  first: number; // steps: rows of the steps frame
  last: number;
  bytes: number;
}

export interface MemoryParts {
  frame: Frame; // steps: index, name, live_bytes, born_bytes, freed_bytes
  buffers: readonly Buffer[];
  peak_row: number | null;
  peak_bytes: number;
  heat: readonly string[];
  notes: string[];
}

const most_drawn = 2000; // more lifetimes are thinner than a line
const curve_height = 190;

export function drawn_buffers(buffers: readonly Buffer[]): Buffer[] {
  if (buffers.length <= most_drawn) return [...buffers];
  return [...buffers].sort((a, b) => b.bytes - a.bytes).slice(0, most_drawn);
}

function curve(parts: MemoryParts, factor: number, { look, compact }: Scene): object {
  const live = numbers(parts.frame, 'live_bytes');
  const peak = parts.peak_row;
  return {
    id: 'live', type: 'line', step: 'middle', symbol: 'none', animation: false,
    data: Array.from(live, (bytes, row) => [row, Number.isFinite(bytes) ? bytes / factor : null, row]),
    lineStyle: { color: look.accent, width: 1.5 },
    areaStyle: { color: mix(look.accent, look.surface, 0.72), opacity: 0.6 },
    sampling: parts.frame.rows > 6000 ? 'max' : undefined,
    markLine: peak === null || compact ? undefined : {
      precision: 12, symbol: 'none', silent: true, animation: false,
      lineStyle: { color: look.bad, width: 1, type: 'dashed' },
      label: { formatter: `peak ${say(parts.peak_bytes, 'B')}`, position: 'insideEndTop', color: look.bad, fontSize: 11 },
      data: [{ yAxis: parts.peak_bytes / factor }],
    },
  };
}

function lifetimes(parts: MemoryParts, buffers: readonly Buffer[], lane: readonly number[], scene: Scene): object {
  const largest = Math.log(Math.max(...buffers.map((b) => b.bytes), 2));
  const color = (bytes: number) => ramp(parts.heat, bytes > 1 ? Math.log(bytes) / largest : 0);
  return {
    id: 'item-lifetimes', type: 'custom', xAxisIndex: 1, yAxisIndex: 1, progressive: 0,
    renderItem: (_: unknown, api: any) => {
      const a = api.coord([api.value(0), api.value(1)]);
      const b = api.coord([api.value(3), api.value(1)]);
      const [width, height] = api.size([1, 1]);
      const tall = Math.max(Math.min(height * 0.8, 16), 0.75);
      return {
        type: 'rect',
        shape: { x: a[0] - width / 2, y: a[1] - tall / 2, width: Math.max(b[0] - a[0] + width - (width > 4 ? 1 : 0), 1), height: tall, r: tall > 5 ? 1.5 : 0 },
        style: { fill: api.visual('color') },
      };
    },
    data: buffers.map((buffer, i) => ({ value: [buffer.first, lane[i], buffer.first, buffer.last], itemStyle: { color: mix(color(buffer.bytes), scene.look.surface, 0.15) }, buffer: i })),
    encode: { x: [0, 3], y: 1 }, cursor: 'pointer',
  };
}

function selection(at: number[], scene: Scene): object[] {
  return [0, 1].map((grid) => ({
    id: `selected${grid}`, type: 'line', data: [], silent: true, xAxisIndex: grid, yAxisIndex: grid,
    markLine: { precision: 12, symbol: 'none', silent: true, animation: false, label: { show: false }, lineStyle: { color: scene.look.accent, width: 1.5, type: 'solid' }, data: at.map((x) => ({ xAxis: x })) },
  }));
}

export function memory_figure(parts: MemoryParts): Figure {
  const { frame } = parts;
  const drawn = drawn_buffers(parts.buffers);
  const placed = lanes(drawn);
  const lane_height = Math.min(Math.max(placed.count * 9, 60), 300);
  const index = numbers(frame, 'index');
  const labels = Array.from(index, String);
  const scale = axis_scale(finite_max(numbers(frame, 'live_bytes')), 'B');
  const row_of_layer = new Map<number, number>();
  for (let row = 0; row < frame.rows; ++row) for (const layer of frame.layers?.(row) ?? []) row_of_layer.set(layer, row);
  const clamp = (x: number) => Math.min(Math.max(Math.round(x), 0), frame.rows - 1);
  const notes = [...parts.notes];
  if (drawn.length < parts.buffers.length) notes.push(`the ${drawn.length} largest of ${parts.buffers.length} lifetimes are drawn`);
  const known = Number.isFinite(finite_max(numbers(frame, 'live_bytes')));
  return {
    id: 'memory',
    title: 'Live activations over execution order, and the lifetimes of buffers',
    summary: `${frame.rows} steps; peak ${say(parts.peak_bytes, 'B')}${parts.peak_row === null ? '' : ` at layer ${index[parts.peak_row]}`}`,
    notes,
    frame,
    empty: frame.rows === 0 || !known ? 'the file gives no sizes of tensors (build with --profilingVerbosity=detailed)' : undefined,
    height: curve_height + lane_height + 110,
    option: (scene) => ({
      animation: false,
      grid: [
        { left: 64, right: 16, top: 30, height: curve_height },
        { left: 64, right: 16, top: 30 + curve_height + 26, height: lane_height },
      ],
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      xAxis: [
        category_axis({ ...scene, name: '' }, labels, { axisLabel: { show: false } }),
        category_axis({ ...scene, name: 'layer, in execution order' }, labels, { gridIndex: 1 }),
      ],
      yAxis: [
        value_axis({ ...scene, name: axis_name('live', scale.unit) }, 'y'),
        value_axis({ ...scene, name: 'lifetimes, colour: size' }, 'y', { gridIndex: 1, inverse: true, min: -0.7, max: Math.max(placed.count - 0.3, 1), axisLabel: { show: false }, splitLine: { show: false }, nameLocation: 'start' }),
      ],
      series: [curve(parts, scale.factor, scene), lifetimes(parts, drawn, placed.lane, scene), ...selection([], scene)],
    }),
    mark: (layer, scene) => {
      const row = layer === null ? undefined : row_of_layer.get(layer);
      return selection(row === undefined ? [] : [row], scene);
    },
    row_at: (x) => (frame.rows > 0 ? clamp(x) : null),
    brush: { kind: 'lineX', where: ({ x }: BrushRange) => (x ? between('index', index[clamp(x[0])], index[clamp(x[1])]) : null) },
  };
}
