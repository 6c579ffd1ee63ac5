// The figure over the engines: dots in the order of time, the level between changes, the changes, and
// what stands alone.

// SPDX-License-Identifier: Apache-2.0
import type { HistorySeries } from '../../core/reports';
import { counted, one_line, say } from '../../ui/units';
import { axis_name, axis_scale, category_axis, finite_max, finite_min, grid, value_axis } from '../charts/kit/axes';
import type { Option } from '../charts/kit/echarts';
import type { Figure, Scene } from '../charts/kit/figure';
import { numbers } from '../charts/kit/frame';
import { mix, type Look } from '../charts/kit/look';
import { engines_frame, moment, percent } from './frames';

const many_engines = 300; // more are scrolled with a slider
const label_width = 56; // px
const many_dots = 120; // more would hide the line

type Point = [number, number | null, number?]; // place, drawn value, row

// Dots of some engines, with their row: what a click on them means.
function dots(values: ArrayLike<number>, at: readonly number[], factor: number): Point[] {
  return at.filter((i) => Number.isFinite(values[i])).map((i) => [i, values[i] / factor, i]);
}

function color_of(worse: boolean, better: number, look: Look): string {
  if (better === 0) return look.accent;
  return worse ? look.bad : look.good;
}

// Dashed lines where a new level begins; those too close to the one before are not labelled.
function change_lines(series: HistorySeries, { look, width }: Scene): object {
  let last = -Infinity;
  const has_room = (index: number) => {
    const x = (index / series.engines.length) * width;
    if (x - last < label_width) return false;
    last = x;
    return true;
  };
  return {
    symbol: 'none', silent: true, animation: false, precision: 12,
    data: series.changes.map((change) => {
      const color = color_of(change.worse, series.better, look);
      return {
        xAxis: change.index,
        lineStyle: { color, type: 'dashed', width: 1.25 },
        label: { show: has_room(change.index), formatter: percent(change.change), color, fontSize: 11, distance: 3 },
      };
    }),
  };
}

function levels_line(series: HistorySeries, factor: number, look: Look): object {
  const data: Point[] = series.engines.map(({ level }, i) => [i, level === null ? null : level / factor]);
  return { type: 'line', data, step: 'middle', symbol: 'none', silent: true, lineStyle: { color: look.text, width: 2 }, z: 3 };
}

function chosen_ring(values: ArrayLike<number>, at: number | null, factor: number, look: Look): object {
  return {
    id: 'chosen', type: 'scatter', silent: true, z: 10, animation: false, symbolSize: 18,
    data: at === null ? [] : dots(values, [at], factor),
    itemStyle: { color: 'transparent', borderColor: look.accent, borderWidth: 2.5 },
  };
}

function option_of(series: HistorySeries, figure: Figure, factor: number, unit: string, scene: Scene): Option {
  const { look, compact } = scene;
  const values = numbers(figure.frame, series.metric);
  const all = series.engines.map((_, i) => i);
  const scrolls = !compact && all.length > many_engines;
  const pale = mix(look.accent, look.surface, 0.45);
  const marked = (at: number[], symbol: string, color: string, size: number) => ({
    type: 'scatter', data: dots(values, at, factor), symbol, symbolSize: size, z: 5, cursor: 'pointer',
    itemStyle: { color: look.surface, borderColor: color, borderWidth: 2 },
  });
  return {
    animation: false,
    grid: grid(compact, { top: 44, ...(scrolls ? { bottom: 62 } : {}) }),
    xAxis: category_axis({ look, compact, name: series.by_name ? 'engine' : 'date' }, all.map((i) => one_line(moment(series, i), 40))),
    yAxis: value_axis({ look, compact, name: axis_name(series.metric_label, unit) }, 'y', { scale: true, nameGap: 22 }),
    dataZoom: scrolls
      ? [{ type: 'slider', height: 16, bottom: 8, borderColor: look.line, textStyle: { color: look.muted, fontSize: 10 }, showDetail: false, brushSelect: false }]
      : undefined,
    series: [
      {
        type: 'line', data: dots(values, all, factor), symbol: 'circle', symbolSize: all.length > many_dots ? 3 : 6, cursor: 'pointer',
        showAllSymbol: true, lineStyle: { color: pale, width: 1 }, itemStyle: { color: look.accent }, emphasis: { disabled: true },
        markLine: change_lines(series, scene),
      },
      levels_line(series, factor, look),
      marked(series.stand_alone, 'circle', look.bad, 11),
      ...series.changes.map((change) => marked([change.index], 'diamond', color_of(change.worse, series.better, look), 13)),
      chosen_ring(values, null, factor, look),
    ],
  };
}

function notes_of(series: HistorySeries, left_out: number): string[] {
  const notes: string[] = [];
  if (series.changes.length > 0) notes.push('thick line: the median of each level; dashed line and diamond: the engine that begins a new level');
  if (series.stand_alone.length > 0) notes.push('ring: stands alone, one bad run and no level');
  if (left_out > 0) notes.push(`${counted(left_out, 'engine')} not drawn: the figure is unknown`);
  return notes;
}

export function history_figure(series: HistorySeries): Figure {
  const frame = engines_frame(series);
  const values = numbers(frame, series.metric);
  const [least, most] = [finite_min(values), finite_max(values)];
  const { factor, unit } = axis_scale(most, series.unit);
  const unknown_count = Array.from(values).filter((value) => !Number.isFinite(value)).length;
  const figure: Figure = {
    id: 'history',
    title: series.metric_label,
    summary: `${counted(frame.rows, 'engine')} in the order of time, from ${say(least, series.unit)} to ${say(most, series.unit)}; ${counted(series.changes.length, 'change')}`,
    notes: notes_of(series, unknown_count),
    frame,
    height: 340,
    empty: Number.isFinite(most) ? undefined : 'No engine states the figure',
    option: (scene) => option_of(series, figure, factor, unit, scene),
    mark: (at, scene) => [chosen_ring(values, at, factor, scene.look)],
    row_at: (x) => (x >= -0.5 && Math.round(x) < frame.rows ? Math.max(Math.round(x), 0) : null),
  };
  return figure;
}
