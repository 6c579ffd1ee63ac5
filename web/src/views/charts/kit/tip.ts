// The card shown beside the pointer: the row of the chart's table, as elements, never as HTML text:
// names come from files.

// SPDX-License-Identifier: Apache-2.0
import type { Figure } from './figure';
import { is_number_column } from './frame';
import type { Look } from './look';
import { say } from '../../../ui/units';

const most_lines = 9;

// Both ends of a long name: kernels and paths differ there.
export function middle(text: string, most: number): string {
  if (text.length <= most) return text;
  const keep = Math.floor((most - 1) / 2);
  return `${text.slice(0, keep)}…${text.slice(-keep)}`;
}

export function tip(figure: Figure, row: number, look: Look): HTMLElement {
  const card = document.createElement('div');
  const columns = figure.frame.columns.filter((c) => c.name !== 'index');
  const heading = columns.find((c) => !is_number_column(c));
  if (heading && !is_number_column(heading)) {
    const title = document.createElement('div');
    title.style.cssText = 'font-weight:600;overflow-wrap:anywhere;margin-bottom:4px';
    title.textContent = middle(heading.texts[row] ?? '–', 160);
    card.append(title);
  }
  const list = document.createElement('div');
  list.style.cssText = 'display:grid;grid-template-columns:auto auto;gap:1px 14px;font-variant-numeric:tabular-nums';
  for (const column of columns.filter((c) => c !== heading).slice(0, most_lines)) {
    const value = is_number_column(column) ? say(column.values[row], column.unit) : middle(column.texts[row] ?? '–', 70);
    const name = document.createElement('span');
    name.textContent = column.title;
    name.style.color = look.muted;
    const text = document.createElement('span');
    text.textContent = value;
    text.style.cssText = 'text-align:right;overflow-wrap:anywhere';
    list.append(name, text);
  }
  card.append(list);
  return card;
}
