// Charts of sums: bars by a word, trees, precisions along the engine, pointwise operations.

// SPDX-License-Identifier: Apache-2.0
import { chosen_of, options, type Choice, type Entry } from './entry';
import { color_by_word, type Coloring } from './kit/colors';
import { both } from '../../state/where';
import { filter_note, inside_of, type Context } from './kit/context';
import type { Figure } from './kit/figure';
import { column_of, is_number_column, numbers, texts, type Frame } from './kit/frame';
import { groups_figure } from './kit/groups_figure';
import { layer_frame, list_lengths, real, text, title_of } from './kit/layers';
import { strip_figure } from './kit/strip_figure';
import { say } from '../../ui/units';
import { no_value } from './layer_charts';

export const measures: Choice = {
  id: 'measure', label: 'measure',
  options: options(['time_ms', 'time'], ['share', 'share of time'], ['count', 'layers'], ['mean_time_ms', 'time of one'], ['weights_bytes', 'weights'], ['io_bytes', 'activations']),
};
export const aggregates = ['sum:time_ms', 'sum:share', 'mean:time_ms', 'sum:weights_bytes', 'sum:io_bytes', 'sum:macs'];
const measure_titles: Record<string, string> = { count: 'layers', mean_time_ms: 'time of one layer', time_ms: 'time', share: 'share of time' };

interface GroupKind {
  id: string;
  group: string;
  title: string;
  by: string; // or the choice `by`
  where?: string;
  none?: string;
  stack?: string; // word to stack by, when asked for
  choices?: Choice[];
}

function colors_of_groups(context: Context, frame: Frame, by: string): Coloring {
  const words = texts(frame, by);
  const times = column_of(frame, 'time_ms');
  return color_by_word(context.hues, by, title_of(by), words, times && is_number_column(times) ? times.values : new Float64Array(frame.rows));
}

function legend_of_layers(context: Context, frame: Frame, by: string): Coloring {
  const coloring = colors_of_groups(context, frame, by);
  const counts = numbers(frame, 'count');
  const words = texts(frame, by);
  const legend = coloring.legend.map((entry) => ({
    ...entry,
    rows: words.reduce((sum, word, row) => sum + (word === entry.key ? counts[row] : 0), 0),
  }));
  return { ...coloring, legend };
}

export function group_entry(kind: GroupKind): Entry {
  const stacking: Choice[] = kind.stack
    ? [{ id: 'stack', label: 'split by', options: options(['', '–'], [kind.stack, title_of(kind.stack)]) }]
    : [];
  const entry: Entry = {
    ...kind,
    choices: [...(kind.choices ?? []), measures, ...stacking],
    untimed: { measure: 'count' },
    async make(context, given): Promise<Figure> {
      const chosen = chosen_of(entry, given);
      const by = chosen.by ?? kind.by;
      const { measure } = chosen;
      const where = both(kind.where ?? '', context.filter);
      const stack = chosen.stack && chosen.stack !== by ? chosen.stack : undefined;
      const frame = await context.group(where, stack ? [by, stack] : [by], aggregates);
      const unit = (column_of(frame, measure) as { unit?: string } | undefined)?.unit ?? '';
      const coloring = legend_of_layers(context, frame, stack ?? by);
      const figure = groups_figure({
        id: kind.id,
        title: kind.title,
        summary: `${measure_titles[measure] ?? title_of(measure)} by ${title_of(by)}, ${frame.rows} groups`,
        notes: context.filter ? ['only layers in the filter are added up'] : [],
        frame,
        key: by,
        stack,
        value: measure,
        value_title: measure_titles[measure] ?? title_of(measure),
        unit,
        color: (row) => coloring.colors[row],
        say: (value) => say(value, unit),
        where: (row) => {
          const clause = frame.clauses?.[by]?.[row] ?? null;
          return clause && both(kind.where ?? '', clause);
        },
      });
      if (stack) figure.coloring = coloring;
      if (frame.rows === 0) figure.empty = kind.none ?? 'no such layer';
      else if (figure.empty) figure.empty = no_value(measure === 'mean_time_ms' ? 'time_ms' : measure);
      return figure;
    },
  };
  return entry;
}

export function precision_strip(): Entry {
  const bands = ['input_precision', 'precision', 'output_precision'];
  return {
    id: 'precision-strip', group: 'Precision', title: 'Input, math and output precision of each layer', choices: [],
    async make(context) {
      const rows = await context.rows('');
      const frame = layer_frame(context.layers, rows, [...bands, 'type', 'time_ms']);
      const times = rows.map((row) => real(context.layers, 'time_ms')[row]);
      const of_math = color_by_word(context.hues, 'precision', 'precision', texts(frame, 'precision'), times);
      const all = [...new Set(bands.flatMap((band) => texts(frame, band)))];
      const legend = all
        .map((word) => color_by_word(context.hues, 'precision', '', [word], [0]).legend[0])
        .map((entry) => ({ ...entry, rows: texts(frame, 'precision').filter((w) => w === entry.key).length }))
        .sort((a, b) => b.rows - a.rows);
      return strip_figure({
        id: 'precision-strip',
        title: 'Input, math and output precision of each layer',
        summary: `precisions of ${rows.length} layers in execution order`,
        notes: filter_note(context, rows),
        frame,
        bands: bands.map((band) => ({
          title: band === 'precision' ? 'math' : band.replace('_precision', ''),
          colors: band === 'precision' ? of_math.colors : color_by_word(context.hues, 'precision', '', texts(frame, band), times).colors,
        })),
        legend: { title: 'precision (count: of math)', colors: [], legend },
        inside: inside_of(context, rows),
      });
    },
  };
}

// How many operations of the model did TensorRT fuse into each pointwise layer?
export function pointwise_entry(): Entry {
  const where = 'type ~ "^(PointWise|ElementWise|Activation|kgen)"';
  const entry: Entry = {
    id: 'pointwise', group: 'Pointwise', title: 'Pointwise layers by the operations fused into them',
    choices: [{ id: 'measure', label: 'measure', options: options(['time_ms', 'time'], ['count', 'layers'], ['per_op_ms', 'time of one operation']) }],
    untimed: { measure: 'count' },
    async make(context, given) {
      const { measure } = chosen_of(entry, given);
      const rows = (await context.rows(where)).filter((row) => !context.inside || context.inside[row]);
      const frame = pointwise_frame(context, rows);
      const unit = measure === 'count' ? '' : 'ms';
      const figure = groups_figure({
        id: entry.id, title: entry.title,
        summary: `${rows.length} pointwise layers in ${frame.rows} groups by how many operations of the model they hold`,
        notes: ['PointWise, ElementWise, Activation and kgen layers; operations: those of the model that the layer names'],
        frame, key: 'operations', value: measure,
        value_title: { time_ms: 'time', count: 'layers', per_op_ms: 'time of one operation' }[measure]!, unit,
        color: () => context.hues.types.PointWise ?? context.hues.others[2],
        say: (value) => say(value, unit),
      });
      if (rows.length === 0) figure.empty = 'no pointwise layer';
      return figure;
    },
  };
  return entry;
}

function pointwise_frame(context: Context, rows: number[]): Frame {
  const lengths = list_lengths(context.layers, 'source_ops');
  const times = real(context.layers, 'time_ms');
  const groups = new Map<number, number[]>();
  for (const row of rows) {
    const length = Number.isFinite(lengths[row]) ? lengths[row] : 0;
    const list = groups.get(length);
    if (list) list.push(row);
    else groups.set(length, [row]);
  }
  const keys = [...groups.keys()].sort((a, b) => a - b);
  const lists = keys.map((key) => groups.get(key)!);
  const sums = lists.map((list) => list.reduce((sum, row) => sum + times[row], 0)); // NaN: one is unknown
  const names = text(context.layers, 'name');
  return {
    rows: keys.length,
    columns: [
      { name: 'operations', title: 'operations', texts: keys.map((key) => (key === 0 ? null : key === 1 ? '1 operation' : `${key} operations`)) },
      { name: 'count', title: 'layers', unit: '', values: lists.map((list) => list.length) },
      { name: 'time_ms', title: 'time', unit: 'ms', values: sums },
      { name: 'per_op_ms', title: 'time of one operation', unit: 'ms', values: sums.map((sum, i) => (keys[i] > 0 ? sum / (keys[i] * lists[i].length) : NaN)) },
      { name: 'example', title: 'example', texts: lists.map((list) => names[list[0]]) },
    ],
    layers: (row) => lists[row],
  };
}
