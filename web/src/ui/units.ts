// A value with its unit as people read it; "–" where it is unknown.

// SPDX-License-Identifier: Apache-2.0
import type { Cell } from '../core/table';
import type { ColumnInfo } from '../core/types';

const binary = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const si = ['k', 'M', 'G', 'T', 'P', 'E'];
export const unknown = '–';

function scaled(value: number, step: number, units: string[]): string {
  let power = 0;
  while (power + 1 < units.length && Math.abs(value) >= step - 0.05) {
    value /= step;
    power += 1;
  }
  return `${value.toFixed(1)} ${units[power]}`;
}

export function ms(value: number): string {
  if (!Number.isFinite(value)) return unknown;
  if (value === 0) return '0';
  const power = Number(value.toExponential(3).split('e')[1]);
  if (power < -6 || power > 9) return value.toExponential(3);
  return value.toFixed(power >= 3 ? 0 : 3 - power);
}

export function say(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknown;
  if (unit === 'ms') return `${ms(value)} ms`;
  if (unit === '%') return `${(100 * value).toFixed(1)} %`;
  if (unit === 'B') return Math.abs(value) < 1024 ? `${value} B` : scaled(value / 1024, 1024, binary);
  if (unit === 'MAC' || unit === 'FLOP') {
    return Math.abs(value) < 999.5 ? `${value} ${unit}` : scaled(value / 1000, 1000, si) + unit;
  }
  const number = Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : String(Number(value.toPrecision(4)));
  return unit ? `${number} ${unit}` : number;
}

const thousands = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

// "12 345", with the narrow space that no country misreads.
export function count(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknown;
  return Math.abs(value) >= 1e15 ? value.toExponential(3) : thousands.format(value).replaceAll(',', '\u202f');
}

// "1 layer", "3 layers".
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

export function dims(value: readonly number[] | null | undefined): string {
  return value ? value.join('×') || 'scalar' : unknown;
}

// With as many places for all of a list, so that they can be compared; never "-0.00".
export function fixed(value: number | null | undefined, places: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknown;
  if (Math.abs(value) >= 1e15) return value.toExponential(3);
  const text = value.toFixed(places);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

// A cell of a table as people read it, its unit in the head of the column: see head_unit().
export function cell_text(info: ColumnInfo, value: Cell): string {
  if (value === undefined) return unknown;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return info.type === 'integers' ? dims(value as number[]) : value.join(', ');
  return number_text(info, value);
}

// Milliseconds and shares have fixed places; sizes and work bring their own prefix and unit.
function number_text({ unit, type }: ColumnInfo, value: number): string {
  if (unit === 'ms') return fixed(value, 4);
  if (unit === '%') return fixed(100 * value, 1);
  if (unit === 'B' || unit === 'MAC' || unit === 'FLOP') return say(value, unit);
  if (type === 'integer') return count(value);
  return fixed(value, Math.abs(value) >= 1000 ? 0 : 2);
}

// The unit that the head of such a column must say.
export function head_unit(info: ColumnInfo): string {
  return info.unit === 'B' || info.unit === 'MAC' || info.unit === 'FLOP' ? '' : info.unit;
}

// One line of a text of any length and content; control characters are made visible.
export function one_line(text: string, longest = 400): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]/g, (c) =>
    c < ' ' ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : '\u2421');
}

export function bytes_said(value: number | null | undefined): string {
  return say(value, 'B');
}
