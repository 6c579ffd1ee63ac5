// What does a box's colour say? By layer from the core's columns, by scope from the layers in it.
//
// A closed scope stands for many layers: times add up, a precision is the one most of the time runs
// in, the worst finding counts. The colours themselves are the core's, so that INT8 is the same green
// in the charts, the table and here.

// SPDX-License-Identifier: Apache-2.0
import { Kind, type Drawing, type LegendEntry } from './drawing';
import { mix } from './looks';
import { rows_of, type Owners, type ScopeTree } from './owners';

export const color_modes = [
  { id: 'type', label: 'type' },
  { id: 'precision', label: 'precision' },
  { id: 'time', label: 'time' },
  { id: 'efficiency', label: 'efficiency' },
  { id: 'findings', label: 'findings' },
  { id: 'scope', label: 'scope' },
  { id: 'delta', label: 'change' },
] as const;
export type ColorMode = (typeof color_modes)[number]['id'];

export interface Palette {
  precisions: Map<string, number>; // names in upper case
  severities: Map<string, number>;
  heat: number[]; // cool to hot
  others: number[];
  unknown: number;
}

// By layer row; NaN and '' are unknown.
export interface LayerFacts {
  time_ms: Float64Array;
  floor_ms: Float64Array;
  precision: (row: number) => string;
  severity: Uint8Array; // worst finding: 0 none, 1 note, 2 warning, 3 error
  delta_ms: Float64Array | null; // against the compared engine; NaN: not known
  alone: Uint8Array | null; // 1: the compared engine has no partner of it
}

export interface Coloring {
  colors: Uint32Array; // by box
  title: string;
  legend: LegendEntry[];
}

// Parts of the slowest box, as `trex draw --color-by latency` has them.
const heat_bounds = [0.02, 0.1, 0.3, 0.6];
const heat_labels = ['below 2 %', '2 to 10 %', '10 to 30 %', '30 to 60 %', '60 to 100 %'];
const efficiency_bounds = [0.2, 0.4, 0.6, 0.8];
const efficiency_labels = ['below 20 %', '20 to 40 %', '40 to 60 %', '60 to 80 %', 'above 80 %'];
const severity_names = ['no finding', 'note', 'warning', 'error'];
// Faster is blue, slower red: apart for readers with red-green blindness (ColorBrewer RdBu, 5 classes).
const delta_colors = [0x0571b0, 0x92c5de, 0xb0b7bf, 0xf4a582, 0xca0020];
const alone_color = 0x7a5cc9;
const delta_labels = ['much faster', 'faster', 'as before', 'slower', 'much slower'];

interface Class {
  label: string;
  color: number;
  rank: number;
}

export function colored(
  mode: ColorMode, drawing: Drawing, owned: Owners, tree: ScopeTree, facts: LayerFacts, palette: Palette, dark: boolean,
): Coloring {
  const colors = new Uint32Array(drawing.boxes.count);
  const shade = (color: number): number => (dark ? mix(color, 0xffffff, 0.25) : color);
  if (mode === 'type') {
    for (let box = 0; box < colors.length; ++box) colors[box] = shade(drawing.boxes.color[box]);
    return { colors, title: 'layer type', legend: drawing.legend.map((e) => ({ label: e.label, color: shade(e.color) })) };
  }
  const classify = classifier(mode, drawing, owned, tree, facts, palette);
  const used = new Map<string, Class>();
  for (let box = 0; box < colors.length; ++box) {
    const kind = drawing.boxes.kind[box];
    const found = kind === Kind.layer || kind === Kind.scope ? classify(box) : null;
    colors[box] = shade(found ? found.color : palette.unknown);
    if (found) used.set(found.label, found);
  }
  const legend = [...used.values()].sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1));
  return { colors, title: titles[mode], legend: legend.map((e) => ({ label: e.label, color: shade(e.color) })) };
}

const titles: Record<ColorMode, string> = {
  type: 'layer type', precision: 'precision', time: 'time, of the slowest box', efficiency: 'efficiency (floor / time)',
  findings: 'worst finding', scope: 'scope', delta: 'change of time',
};

function classifier(
  mode: ColorMode, drawing: Drawing, owned: Owners, tree: ScopeTree, facts: LayerFacts, palette: Palette,
): (box: number) => Class {
  switch (mode) {
    case 'precision':
      return (box) => precision_class(rows_of(owned, box), facts, palette);
    case 'time':
      return time_classifier(owned, facts, palette);
    case 'efficiency':
      return (box) => efficiency_class(rows_of(owned, box), facts, palette);
    case 'findings':
      return (box) => {
        let worst = 0;
        for (const row of rows_of(owned, box)) worst = Math.max(worst, facts.severity[row] ?? 0);
        const name = severity_names[worst];
        return { label: name, color: palette.severities.get(name) ?? palette.unknown, rank: 3 - worst };
      };
    case 'scope':
      return scope_classifier(drawing, owned, tree, palette);
    default:
      return delta_classifier(owned, facts, palette);
  }
}

function precision_class(rows: Uint32Array, facts: LayerFacts, palette: Palette): Class {
  const weight = new Map<string, { ms: number; layers: number }>();
  for (const row of rows) {
    const precision = facts.precision(row);
    const entry = weight.get(precision) ?? { ms: 0, layers: 0 };
    if (!Number.isNaN(facts.time_ms[row])) entry.ms += facts.time_ms[row];
    entry.layers += 1;
    weight.set(precision, entry);
  }
  let best = '';
  let most = { ms: -1, layers: 0 };
  for (const [precision, entry] of weight) {
    if (precision === '' && weight.size > 1) continue;
    if (entry.ms > most.ms || (entry.ms === most.ms && entry.layers > most.layers)) [best, most] = [precision, entry];
  }
  if (best === '') return { label: 'not known', color: palette.unknown, rank: 99 };
  return { label: best, color: palette.precisions.get(best.toUpperCase()) ?? palette.unknown, rank: 0 };
}

// Sum over those that are known; NaN when none is.
export function known_sum(values: Float64Array, rows: Uint32Array): number {
  let sum = NaN;
  for (const row of rows) {
    const value = values[row];
    if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + value;
  }
  return sum;
}

function class_of(part: number, bounds: number[]): number {
  let i = 0;
  while (i < bounds.length && part >= bounds[i]) ++i;
  return i;
}

function time_classifier(owned: Owners, facts: LayerFacts, palette: Palette): (box: number) => Class {
  const boxes = owned.starts.length - 1;
  const times = new Float64Array(boxes);
  let slowest = 0;
  for (let box = 0; box < boxes; ++box) {
    times[box] = known_sum(facts.time_ms, rows_of(owned, box));
    if (times[box] > slowest) slowest = times[box];
  }
  return (box) => {
    if (Number.isNaN(times[box]) || slowest <= 0) return { label: 'time not known', color: palette.unknown, rank: 9 };
    const i = class_of(times[box] / slowest, heat_bounds);
    return { label: heat_labels[i], color: palette.heat[i], rank: i };
  };
}

function efficiency_class(rows: Uint32Array, facts: LayerFacts, palette: Palette): Class {
  let [floor, time] = [0, 0];
  for (const row of rows) {
    if (Number.isNaN(facts.floor_ms[row]) || Number.isNaN(facts.time_ms[row])) continue;
    floor += facts.floor_ms[row];
    time += facts.time_ms[row];
  }
  if (!(time > 0)) return { label: 'not known', color: palette.unknown, rank: 9 };
  const i = class_of(floor / time, efficiency_bounds);
  return { label: efficiency_labels[i], color: palette.heat[4 - i], rank: i };
}

function scope_classifier(drawing: Drawing, owned: Owners, tree: ScopeTree, palette: Palette): (box: number) => Class {
  const tops = new Map<number, number>(); // top-level scope -> its number
  for (let s = 1; s < tree.parent.length; ++s) if (tree.parent[s] === 0) tops.set(s, tops.size);
  return (box) => {
    const rows = rows_of(owned, box);
    let scope = drawing.boxes.kind[box] === Kind.scope ? drawing.boxes.subject[box] : rows.length > 0 ? tree.of_layer[rows[0]] : 0;
    while (scope > 0 && tree.parent[scope] !== 0) scope = tree.parent[scope];
    const top = tops.get(scope);
    if (top === undefined) return { label: 'in no scope', color: palette.unknown, rank: 1e6 };
    return { label: tree.name[scope], color: palette.others[top % palette.others.length], rank: top };
  };
}

// Against the box's time before: within 2 % or 0.5 us it is as before; "much" is beyond a fifth.
export function delta_class(delta_ms: number, time_ms: number): number {
  if (Math.abs(delta_ms) < 0.0005) return 2;
  const before = time_ms - delta_ms;
  const part = before > 0 ? delta_ms / before : Infinity;
  if (Math.abs(part) < 0.02) return 2;
  return part <= -0.2 ? 0 : part < 0 ? 1 : part < 0.2 ? 3 : 4;
}

function delta_classifier(owned: Owners, facts: LayerFacts, palette: Palette): (box: number) => Class {
  return (box) => {
    const rows = rows_of(owned, box);
    if (facts.alone && rows.length > 0 && rows.every((row) => facts.alone![row])) return { label: 'only in this engine', color: alone_color, rank: 8 };
    const delta = facts.delta_ms ? known_sum(facts.delta_ms, rows) : NaN;
    if (Number.isNaN(delta)) return { label: 'not known', color: palette.unknown, rank: 9 };
    const i = delta_class(delta, known_sum(facts.time_ms, rows));
    return { label: delta_labels[i], color: delta_colors[i], rank: i };
  };
}
