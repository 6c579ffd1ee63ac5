// What the card beside the pointer says of a box, a line, a frame.

// SPDX-License-Identifier: Apache-2.0
import { say, unknown } from '../../ui/units';
import type { Columns } from '../../core/table';
import { box_kinds, Kind, text_of, type Drawing } from './scene/drawing';
import { known_sum } from './scene/coloring';
import { rows_of, type Owners, type ScopeTree } from './scene/owners';
import type { Picked } from './scene/scene';

export interface CardText {
  title: string;
  kind: string;
  lines: { name: string; value: string }[];
  hint: string;
}

const longest_title = 300; // a name may be a megabyte long

const shown_columns: [string, string][] = [
  ['precision', 'precision'], ['time_ms', 'time'], ['share', 'share of time'], ['efficiency', 'efficiency'], ['bound', 'bound by'],
  ['recoverable_ms', 'recoverable'], ['tactic', 'kernel'],
];

function brief(text: string): string {
  return text.length > longest_title ? `${text.slice(0, longest_title)}…` : text;
}

function cell(layers: Columns, name: string, row: number): string {
  const column = layers.find(name);
  if (!column) return '';
  if (column.texts) return layers.text(name, row) ?? '';
  const value = layers.number(name, row);
  return Number.isFinite(value) ? say(value, column.unit) : '';
}

export function card_of(
  picked: NonNullable<Picked>, drawing: Drawing, owned: Owners | null, tree: ScopeTree | null, layers: Columns,
): CardText {
  if (picked.what === 'edge') return edge_card(picked.index, drawing);
  if (picked.what === 'frame') {
    const f = drawing.frames;
    return {
      title: brief(text_of(drawing, f.path[picked.index])), kind: 'open scope', lines: [], hint: 'double click closes it',
    };
  }
  const b = drawing.boxes;
  const box = picked.index;
  const kind = b.kind[box];
  const title = brief(text_of(drawing, b.name[box]));
  if (kind === Kind.layer) return layer_card(title, text_of(drawing, b.type[box]), b.subject[box], layers);
  const lines =
    kind === Kind.scope && owned ? scope_lines(tree?.layer_count[b.subject[box]], rows_of(owned, box), layers) : tensor_lines(drawing, box);
  const name = box_kinds[kind];
  return { title, kind: name, lines, hint: kind === Kind.scope ? 'double click or Enter opens it' : '' };
}

function layer_card(title: string, type: string, row: number, layers: Columns): CardText {
  const lines: CardText['lines'] = [];
  for (const [column, name] of shown_columns) {
    const value = cell(layers, column, row);
    if (value !== '') lines.push({ name, value: brief(value) });
  }
  const findings = layers.number('findings', row);
  if (findings > 0) lines.push({ name: 'findings', value: String(findings) });
  return { title, kind: `${type || 'layer'} · ${row}`, lines, hint: '' };
}

function scope_lines(count: number | undefined, rows: Uint32Array, layers: Columns): CardText['lines'] {
  const sum = (column: string): string => {
    const values = layers.numbers(column) as Float64Array;
    const value = known_sum(values, rows);
    if (Number.isNaN(value)) return unknown;
    // Those that take no time, such as NoOps, are in no profile.
    const missing = rows.some((row) => Number.isNaN(values[row]) && layers.number('hidden', row) !== 1);
    return `${missing ? 'at least ' : ''}${say(value, 'ms')}`;
  };
  let findings = 0;
  for (const row of rows) findings += layers.number('findings', row) || 0;
  return [
    { name: 'layers', value: String(count ?? rows.length) },
    { name: 'time', value: sum('time_ms') },
    { name: 'recoverable', value: sum('recoverable_ms') },
    ...(findings > 0 ? [{ name: 'findings', value: String(findings) }] : []),
  ];
}

function tensor_lines(drawing: Drawing, box: number): CardText['lines'] {
  const b = drawing.boxes;
  const lines: CardText['lines'] = [];
  const name = text_of(drawing, b.name[box]);
  for (let t = b.text_starts[box]; t < b.text_starts[box + 1]; ++t) {
    const text = text_of(drawing, b.texts.text[t]);
    if (text !== '' && text !== name) lines.push({ name: '', value: brief(text) });
  }
  return lines;
}

function edge_card(edge: number, drawing: Drawing): CardText {
  const e = drawing.edges;
  const lines: CardText['lines'] = [];
  const shape = text_of(drawing, e.shape[edge]);
  if (shape !== '') lines.push({ name: 'shape', value: shape });
  if (Number.isFinite(e.bytes[edge])) lines.push({ name: 'size', value: say(e.bytes[edge], 'B') });
  lines.push({ name: 'from', value: brief(text_of(drawing, drawing.boxes.name[e.source[edge]])) });
  lines.push({ name: 'to', value: brief(text_of(drawing, drawing.boxes.name[e.target[edge]])) });
  return { title: brief(text_of(drawing, e.tensor[edge])) || 'connection', kind: 'tensor', lines, hint: '' };
}
