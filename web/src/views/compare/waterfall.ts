// From the old latency to the new: one step a cause, floating where the step before ended.
//
// The steps are the diff's, and their sum is the change of the totals: that is checked here and said
// when it is not so, rather than drawn as if it were.

// SPDX-License-Identifier: Apache-2.0
import { axis_name, grid, value_axis } from '../charts/kit/axes';
import type { Option } from '../charts/kit/echarts';
import type { Figure, Scene } from '../charts/kit/figure';
import type { Frame } from '../charts/kit/frame';
import { say } from '../../ui/units';
import { signed_say } from '../charts/kit/signed';
import type { WaterfallStep } from './answers';

export interface WaterfallEnds {
  from: { name: string; ms: number | null };
  to: { name: string; ms: number | null };
}

interface Bar {
  label: string;
  low: number;
  high: number;
  row: number;
  color: string;
  text: string;
}

export function signed_ms(value: number): string {
  return signed_say(value, 'ms');
}

// Steps and their sum, which the totals must show too.
export function waterfall_frame(steps: readonly WaterfallStep[], layers: (cause: string) => readonly number[]): Frame {
  const column = (name: string, title: string, pick: (s: WaterfallStep) => number | null, unit = 'ms') => ({
    name, title, unit, values: steps.map((s) => pick(s) ?? NaN),
  });
  return {
    rows: steps.length,
    columns: [
      { name: 'cause', title: 'cause', texts: steps.map((s) => s.title) },
      column('delta_ms', 'change', (s) => s.delta_ms),
      column('faster_ms', 'faster', (s) => s.faster_ms),
      column('slower_ms', 'slower', (s) => s.slower_ms),
      column('count', 'pairs', (s) => s.count, ''),
      column('from_ms', 'from', (s) => s.from_ms),
      column('to_ms', 'to', (s) => s.to_ms),
    ],
    layers: (row) => layers(steps[row].cause),
  };
}

// How far the steps' sum is from the change of the totals, in ms; null: a total is unknown.
export function gap_of(steps: readonly WaterfallStep[], ends: WaterfallEnds): number | null {
  if (ends.from.ms === null || ends.to.ms === null) return null;
  const sum = steps.reduce((total, step) => total + (step.delta_ms ?? 0), 0);
  return ends.from.ms + sum - ends.to.ms;
}

function bars_of(steps: readonly WaterfallStep[], ends: WaterfallEnds, scene: Scene): Bar[] {
  const { look } = scene;
  const total = (name: string, ms: number | null): Bar[] =>
    ms === null ? [] : [{ label: name, low: 0, high: ms, row: -1, color: look.muted, text: say(ms, 'ms') }];
  let at = steps[0]?.from_ms ?? 0;
  const moved = steps.map((step, row): Bar => {
    const from = step.from_ms ?? at;
    const to = step.to_ms ?? from + (step.delta_ms ?? 0);
    at = to;
    return {
      label: step.title, low: Math.min(from, to), high: Math.max(from, to), row,
      color: (step.delta_ms ?? 0) > 0 ? look.bad : look.good, text: signed_ms(step.delta_ms ?? 0),
    };
  });
  return [...total(ends.from.name, ends.from.ms), ...moved, ...total(ends.to.name, ends.to.ms)];
}

// The totals dwarf the steps: the axis begins below the lowest step, and the totals' bars say so.
export function axis_start(bars: readonly { low: number; high: number; row: number }[]): number {
  const steps = bars.filter((bar) => bar.row >= 0);
  if (steps.length === 0) return 0;
  const low = Math.min(...steps.map((bar) => bar.low));
  const high = Math.max(...bars.map((bar) => bar.high));
  const room = high - low;
  if (low < room * 1.5) return 0;
  const step = 10 ** Math.floor(Math.log10(room));
  return Math.max(0, Math.floor((low - room * 0.25) / step) * step);
}

function draw_bar(start: number) {
  return (_: unknown, api: any) => {
    const [low, high, row] = [api.value(0), api.value(1), api.value(2)];
    const place = api.value(3);
    const a = api.coord([Math.max(low, start), place]);
    const b = api.coord([high, place]);
    const height = Math.min(api.size([0, 1])[1] * 0.62, 24);
    const width = Math.max(b[0] - a[0], 1.5);
    const children: object[] = [
      { type: 'rect', shape: { x: a[0], y: a[1] - height / 2, width, height }, style: { fill: api.visual('color') } },
    ];
    if (row === -1 && start > 0) {
      children.push({ type: 'text', style: { text: '≈', x: a[0] + 10, y: a[1], fill: '#fff', fontSize: 13, verticalAlign: 'middle' } });
    }
    return { type: 'group', children };
  };
}

function option_of(bars: Bar[], scene: Scene): Option {
  const { look, compact } = scene;
  const start = axis_start(bars);
  const point = (bar: Bar, place: number) => ({ value: [bar.low, bar.high, bar.row, place], row: bar.row >= 0 ? bar.row : undefined, itemStyle: { color: bar.color } });
  return {
    animation: false,
    grid: { ...grid(compact), top: 8, right: 92 },
    xAxis: value_axis({ look, compact, name: axis_name('latency', 'ms') }, 'x', { min: start }),
    yAxis: {
      type: 'category', inverse: true, data: bars.map((bar) => bar.label),
      axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { color: look.text, fontSize: 12, width: Math.min(230, scene.width * 0.36), overflow: 'truncate', interval: 0 },
    },
    series: [
      { type: 'custom', renderItem: draw_bar(start), data: bars.map(point), encode: { x: [0, 1], y: 3 }, cursor: 'pointer' },
      {
        type: 'scatter', silent: true, symbolSize: 0.1,
        data: bars.map((bar, place) => [bar.high, place]),
        label: { show: !compact, position: 'right', distance: 6, color: look.text, fontSize: 11, formatter: (p: any) => bars[p.dataIndex].text },
      },
    ],
  };
}

export function waterfall_figure(
  steps: readonly WaterfallStep[], ends: WaterfallEnds, layers: (cause: string) => readonly number[], of: string,
): Figure {
  const gap = gap_of(steps, ends);
  const notes: string[] = [];
  if (gap !== null && Math.abs(gap) > 1e-6 * Math.max(ends.from.ms!, ends.to.ms!)) {
    notes.push(`the causes do not add up to the change of the totals: ${signed_ms(-gap)} is missing`);
  }
  return {
    id: 'waterfall',
    title: `Where the milliseconds went: ${of}`,
    summary: steps.map((step) => `${step.title} ${signed_ms(step.delta_ms ?? 0)}`).join('; '),
    notes,
    frame: waterfall_frame(steps, layers),
    empty: steps.length === 0 ? 'No change of time to explain. Both engines need a profile (trtexec --exportProfile=FILE --separateProfileRun).' : undefined,
    height: 60 + 30 * (steps.length + 2),
    option: (scene) => option_of(bars_of(steps, ends, scene), scene),
  };
}
