// How are the values of a column spread? Equal bins with round borders; counts, or time, per bin.

// SPDX-License-Identifier: Apache-2.0
import { axis_name, axis_scale, grid, tick_text, value_axis } from './axes';
import { bin_of, type Bins } from './bins';
import { brushed, type BrushRange, type Figure, type Scene } from './figure';
import { numbers, type Frame } from './frame';
import { mix } from './look';

export interface HistogramParts {
  id: string;
  title: string;
  summary: string;
  notes: string[];
  frame: Frame; // of the bins: from, to, count
  bins: Bins;
  column: string; // what was binned, as the filter knows it
  column_title: string;
  unit: string;
  count_title: string;
  value_of_layer: (layer: number) => number;
  bin_colors?: (bin: number) => string;
  lines?: { at: number; label: string }[]; // percentiles
  filters: boolean;
}

// The frame of bins: what is drawn is what the table says.
export function bins_frame(bins: Bins, title: string, unit: string, layers?: (bin: number) => number[]): Frame {
  const border = (bin: number) => bins.start + bin * bins.width;
  const count = bins.counts.length;
  return {
    rows: count,
    columns: [
      { name: 'from', title: `${title} from`, unit, values: Array.from({ length: count }, (_, i) => border(i)) },
      { name: 'to', title: 'to', unit, values: Array.from({ length: count }, (_, i) => border(i + 1)) },
      { name: 'count', title: 'count', unit: '', values: Array.from(bins.counts) },
    ],
    layers,
  };
}

function bars(parts: HistogramParts, factor: number, color: string): object {
  const counts = numbers(parts.frame, 'count');
  const { start, width } = parts.bins;
  return {
    type: 'custom',
    renderItem: (_: unknown, api: any) => {
      const [from, count] = [api.value(0), api.value(1)];
      const low = api.coord([from, 0]);
      const high = api.coord([from + width / factor, count]);
      const gap = high[0] - low[0] > 4 ? 1 : 0;
      return {
        type: 'rect',
        shape: { x: low[0], y: high[1], width: Math.max(high[0] - low[0] - gap, 0.5), height: low[1] - high[1] },
        style: { fill: api.visual('color') },
      };
    },
    data: Array.from({ length: parts.frame.rows }, (_, bin) => ({
      value: [(start + bin * width) / factor, counts[bin], bin],
      itemStyle: { color: parts.bin_colors?.(bin) ?? color },
    })),
    encode: { x: 0, y: 1 },
    cursor: 'pointer',
  };
}

function lines_series(id: string, lines: { at: number; label: string }[], scene: Scene, color: string): object {
  return {
    id,
    type: 'line',
    data: [],
    silent: true,
    markLine: {
      precision: 12, // the default rounds places to two digits
      symbol: 'none',
      silent: true,
      animation: false,
      lineStyle: { color, width: 1, type: id === 'selected' ? 'solid' : 'dashed' },
      label: { show: !scene.compact, formatter: (p: any) => p.name, color: scene.look.muted, fontSize: 11, position: 'end', distance: 3 },
      data: lines.map((line) => ({ xAxis: line.at, name: line.label })),
    },
  };
}

export function histogram_figure(parts: HistogramParts): Figure {
  const { bins } = parts;
  const end = bins.start + bins.counts.length * bins.width;
  const scale = axis_scale(Math.max(Math.abs(bins.start), Math.abs(end)), parts.unit);
  const { factor } = scale;
  return {
    ...parts,
    empty: bins.counts.length === 0 ? `no layer with a known ${parts.column_title}` : undefined,
    option: (scene) => ({
      animation: false,
      grid: grid(scene.compact, parts.lines ? { top: 40 } : {}),
      xAxis: value_axis({ ...scene, name: axis_name(parts.column_title, scale.unit) }, 'x', {
        min: bins.start / factor,
        max: end / factor,
        splitLine: { show: false },
        axisLabel: { show: !scene.compact, color: scene.look.muted, fontSize: 11, formatter: tick_text, hideOverlap: true, showMinLabel: false, showMaxLabel: false },
      }),
      yAxis: value_axis({ ...scene, name: parts.count_title }, 'y', { minInterval: 1 }),
      series: [
        bars(parts, factor, mix(scene.look.accent, scene.look.surface, 0.3)),
        lines_series('lines', (parts.lines ?? []).map((l) => ({ ...l, at: l.at / factor })), scene, scene.look.muted),
        lines_series('selected', [], scene, scene.look.accent),
      ],
    }),
    mark: (layer, scene) => {
      const value = layer === null ? NaN : parts.value_of_layer(layer);
      const known = bin_of(bins, value) >= 0;
      return [lines_series('selected', known ? [{ at: value / factor, label: '' }] : [], scene, scene.look.text)];
    },
    brush: parts.filters
      ? { kind: 'lineX', where: ({ x }: BrushRange) => (x ? brushed(parts.column, x[0] * factor, x[1] * factor) : null) }
      : undefined,
  };
}

