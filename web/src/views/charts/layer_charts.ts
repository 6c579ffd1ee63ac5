// Charts with one mark a layer: bars in execution order, histograms, dots, the cube.

// SPDX-License-Identifier: Apache-2.0
import { chosen_of, color_choice, type Choice, type Chosen, type Entry } from './entry';
import { bin, bin_of } from './kit/bins';
import { coloring_of, count_unknown, filter_note, inside_of } from './kit/context';
import type { Figure } from './kit/figure';
import { numbers } from './kit/frame';
import { bins_frame, histogram_figure } from './kit/histogram_figure';
import { layer_frame, real, title_of, unit_of } from './kit/layers';
import { order_figure } from './kit/order_figure';
import { scatter_figure } from './kit/scatter_figure';
import { space_figure } from './kit/space';
import { say, unknown } from '../../ui/units';

interface Common {
  id: string;
  group: string;
  title: string;
  where?: string; // which layers
  none?: string; // said when there are none
  choices?: Choice[];
}

function extremes(values: ArrayLike<number>, unit: string): string {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; ++i) {
    if (Number.isFinite(values[i])) [least, most] = [Math.min(least, values[i]), Math.max(most, values[i])];
  }
  return least <= most ? `from ${say(least, unit)} to ${say(most, unit)}` : 'all unknown';
}

// The word in the colours' choice that is asked for in front, then the usual ones.
export function colors_first(...first: { value: string; label: string }[]): Choice {
  const all = [...first, ...color_choice.options];
  return { ...color_choice, options: all.filter((o, i) => all.findIndex((other) => other.value === o.value) === i) };
}

// A measure by "value" or a chosen one.
function measure_of(chosen: Chosen, otherwise: string | undefined): string {
  return chosen.measure ?? otherwise;
}

export function order_entry(common: Common & { value?: string }): Entry {
  const entry: Entry = {
    ...common,
    choices: [...(common.choices ?? []), ...(common.choices?.some((c) => c.id === 'color') ? [] : [color_choice])],
    async make(context, given): Promise<Figure> {
      const chosen = chosen_of(entry, given);
      const value = measure_of(chosen, common.value);
      await context.fetch(chosen.color);
      const rows = await context.rows(common.where ?? '');
      const frame = layer_frame(context.layers, rows, [value, 'time_ms', 'type', 'precision', chosen.color]);
      const values = numbers(frame, value);
      const missing = count_unknown(values);
      return order_figure({
        id: common.id,
        title: common.title,
        summary: `${title_of(value)} of ${rows.length} layers in execution order, ${extremes(values, unit_of(context.layers, value))}`,
        notes: [
          ...(missing > 0 && missing < rows.length ? [`${missing} of ${rows.length} layers have no known ${title_of(value)}`] : []),
          ...filter_note(context, rows),
        ],
        frame,
        value,
        coloring: coloring_of(context, rows, chosen.color),
        inside: inside_of(context, rows),
        ...(rows.length === 0 ? { empty: common.none ?? 'no such layer' } : {}),
        ...(rows.length > 0 && missing === rows.length ? { empty: no_value(value) } : {}),
      });
    },
  };
  return entry;
}

// Why a whole column may be unknown, and what to do.
export function no_value(column: string): string {
  const measured = ['time_ms', 'share', 'median_ms', 'efficiency', 'recoverable_ms', 'tflops', 'gbps'];
  if (measured.includes(column)) {
    return `No layer was timed, so ${title_of(column)} is ${unknown}. trtexec --exportProfile=FILE --separateProfileRun writes the times.`;
  }
  return `No layer has a known ${title_of(column)}. A build with --profilingVerbosity=detailed says more.`;
}

export function histogram_entry(common: Common & { value?: string }): Entry {
  const entry: Entry = {
    ...common,
    choices: common.choices ?? [],
    async make(context, given) {
      const value = measure_of(chosen_of(entry, given), common.value);
      const rows = (await context.rows(common.where ?? '')).filter((row) => !context.inside || context.inside[row]);
      const column = real(context.layers, value);
      const values = rows.map((row) => column[row]);
      const bins = bin(values);
      const frame = bins_frame(bins, title_of(value), unit_of(context.layers, value), (at) =>
        rows.filter((_, i) => bin_of(bins, values[i]) === at),
      );
      return histogram_figure({
        id: common.id,
        title: common.title,
        summary: `${values.length - bins.left_out} layers by ${title_of(value)}, ${extremes(values, unit_of(context.layers, value))}`,
        notes: [
          ...(bins.left_out > 0 ? [`${bins.left_out} of ${rows.length} layers have no known ${title_of(value)}`] : []),
          ...(context.inside ? [`counts the ${rows.length} layers in the filter`] : []),
        ],
        frame,
        bins,
        column: value,
        column_title: title_of(value),
        unit: unit_of(context.layers, value),
        count_title: 'layers',
        value_of_layer: (layer) => column[layer],
        filters: true,
      });
    },
  };
  return entry;
}

export interface ScatterKind {
  x: string;
  y: string;
  logarithmic?: { x: boolean; y: boolean };
}

export function scatter_entry(common: Common & ScatterKind): Entry {
  const entry: Entry = {
    ...common,
    choices: [...(common.choices ?? []), color_choice],
    async make(context, given) {
      const chosen = chosen_of(entry, given);
      const x = chosen.x ?? common.x;
      const rows = await context.rows(common.where ?? '');
      const frame = layer_frame(context.layers, rows, [x, common.y, 'time_ms', 'type', 'precision', chosen.color]);
      return scatter_figure({
        id: common.id,
        title: common.title,
        summary: `${title_of(common.y)} against ${title_of(x)} of ${rows.length} layers; the dot's area is its time`,
        notes: ['area: time', ...filter_note(context, rows)],
        frame,
        x,
        y: common.y,
        size: 'time_ms',
        logarithmic: common.logarithmic ?? { x: true, y: true },
        coloring: coloring_of(context, rows, chosen.color),
        inside: inside_of(context, rows),
        height: 380,
      });
    },
  };
  return entry;
}

export function space_entry(common: Common & { axes: [string, string, string] }): Entry {
  const scale: Choice = {
    id: 'scale', label: 'axes',
    options: [{ value: 'log', label: 'logarithmic' }, { value: 'linear', label: 'linear' }],
  };
  const entry: Entry = {
    ...common,
    choices: [scale, color_choice],
    async make(context, given) {
      const chosen = chosen_of(entry, given);
      const rows = await context.rows(common.where ?? '');
      const frame = layer_frame(context.layers, rows, [...common.axes, 'time_ms', 'type', 'precision', chosen.color]);
      return space_figure({
        id: common.id,
        title: common.title,
        summary: `${common.axes.map(title_of).join(', ')} of ${rows.length} layers; the dot's area is its time`,
        notes: ['area: time; drag to turn', ...filter_note(context, rows)],
        frame,
        axes: common.axes,
        size: 'time_ms',
        logarithmic: chosen.scale === 'log',
        coloring: coloring_of(context, rows, chosen.color),
        inside: inside_of(context, rows),
      });
    },
  };
  return entry;
}
