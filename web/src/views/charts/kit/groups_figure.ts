// What do groups of layers add up to? Horizontal bars, largest first, stacked by a second word.
//
// The sums are the core's (`group`); nothing is added up here but the length of a stack.

// SPDX-License-Identifier: Apache-2.0
import { axis_name, axis_scale, finite_max, value_axis } from './axes';
import type { Option } from './echarts';
import type { Figure, Scene } from './figure';
import { numbers, texts, type Frame } from './frame';
import { middle } from './tip';

export interface GroupsParts {
  id: string;
  title: string;
  summary: string;
  notes: string[];
  frame: Frame; // key, perhaps a second key, and the value; one row a group
  key: string;
  stack?: string; // column of the second key
  value: string;
  value_title: string;
  unit: string;
  color: (row: number) => string;
  say: (value: number) => string;
  where?: (row: number) => string | null;
}

export const most_groups = 40;
const bar_height = 24;

export interface Stack {
  word: string | null;
  length: number; // of the bars together; unknown counts as nothing
  rows: number[];
}

// The distinct first keys, longest bar first.
export function stacks(frame: Frame, key: string, value: string): Stack[] {
  const words = texts(frame, key);
  const values = numbers(frame, value);
  const found = new Map<string | null, Stack>();
  for (let row = 0; row < frame.rows; ++row) {
    const stack = found.get(words[row]) ?? { word: words[row], length: 0, rows: [] };
    if (Number.isFinite(values[row])) stack.length += values[row];
    stack.rows.push(row);
    found.set(words[row], stack);
  }
  return [...found.values()].sort((a, b) => b.length - a.length);
}

function series_of(parts: GroupsParts, shown: Stack[], factor: number, scene: Scene): object[] {
  const values = numbers(parts.frame, parts.value);
  const layers = parts.stack ? texts(parts.frame, parts.stack) : null;
  const words = layers ? [...new Set(shown.flatMap((s) => s.rows.map((r) => layers[r])))] : [null];
  return words.map((word) => ({
    type: 'bar',
    stack: 'all',
    data: shown.flatMap((stack, place) =>
      stack.rows
        .filter((row) => (!layers || layers[row] === word) && Number.isFinite(values[row]))
        .map((row) => ({ value: [values[row] / factor, place, row], itemStyle: { color: parts.color(row) } })),
    ),
    barCategoryGap: '28%',
    barMaxWidth: 22,
    cursor: 'pointer',
    emphasis: { itemStyle: { opacity: 0.8 } },
    label: {
      show: !layers && !scene.compact,
      position: 'right',
      color: scene.look.text,
      fontSize: 11,
      formatter: (p: any) => parts.say(values[p.value[2]]),
    },
  }));
}

function option_of(parts: GroupsParts, shown: Stack[], scene: Scene): Option {
  const { look, compact } = scene;
  const scale = axis_scale(finite_max(shown.map((s) => s.length)), parts.unit);
  const label_width = Math.min(300, scene.width * 0.36);
  return {
    animation: false,
    grid: compact
      ? { left: 4, right: 4, top: 4, bottom: 4 }
      : { left: 12, right: 70, top: 8, bottom: 34, containLabel: true },
    xAxis: value_axis({ look, compact, name: axis_name(parts.value_title, scale.unit) }, 'x'),
    yAxis: {
      type: 'category',
      inverse: true,
      data: shown.map((stack) => middle(stack.word ?? '–', Math.max(Math.floor(label_width / 6.6), 8))),
      axisTick: { show: false },
      axisLine: { show: !compact, lineStyle: { color: look.line } },
      axisLabel: { show: !compact, color: look.text, fontSize: 12, width: label_width, overflow: 'truncate', interval: 0 },
    },
    series: series_of(parts, shown, scale.factor, scene),
  };
}

export function groups_figure(parts: GroupsParts): Figure {
  const all = stacks(parts.frame, parts.key, parts.value);
  const known = all.filter((s) => s.rows.some((r) => Number.isFinite(numbers(parts.frame, parts.value)[r])));
  const shown = known.slice(0, most_groups);
  const notes = [...parts.notes];
  if (known.length > shown.length) notes.push(`the ${shown.length} largest of ${known.length} are drawn; the table has all`);
  return {
    ...parts,
    notes,
    empty: shown.length === 0 ? `no group has a known ${parts.value_title}` : undefined,
    height: Math.max(shown.length * bar_height + 60, 140),
    option: (scene) => option_of(parts, shown, scene),
  };
}
