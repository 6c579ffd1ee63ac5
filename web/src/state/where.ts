// Conditions of the filter language, written by hand of the page: never read by it.

// SPDX-License-Identifier: Apache-2.0
import type { Cell } from '../core/table';

// As the core reads texts: in double quotes, where a backslash keeps what follows it.
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

export function both(a: string, b: string): string {
  if (!a.trim() || !b.trim() || a.trim() === b.trim()) return a.trim() || b.trim();
  const grouped = (text: string) => (/\bor\b/.test(text) ? `(${text.trim()})` : text.trim());
  return `${grouped(a)} and ${grouped(b)}`;
}

// A column's name, in backquotes where the language needs them.
export function column_text(name: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name) && !/^(and|or|not|in|is|null|true|false)$/i.test(name);
  return plain ? name : `\`${name}\``;
}

export function equals(column: string, value: Cell): string {
  const name = column_text(column);
  if (value === undefined || (typeof value === 'number' && Number.isNaN(value))) return `${name} is null`;
  if (typeof value === 'string') return `${name} == ${quoted(value)}`;
  if (!Array.isArray(value)) return `${name} == ${value}`;
  if (typeof value[0] === 'string') return value.map((text) => `${name} == ${quoted(String(text))}`).join(' and ');
  return `${name} == ${quoted(value.join('x'))}`;
}

// A closed range, as a brush leaves it.
export function between(column: string, low: number, high: number): string {
  return `${column_text(column)} >= ${low} and ${column_text(column)} <= ${high}`;
}

export function one_of(column: string, values: readonly string[]): string {
  if (values.length === 1) return equals(column, values[0]);
  return `${column_text(column)} in (${values.map(quoted).join(', ')})`;
}
