// Files for the person: CSV, SVG, PNG. Nothing leaves the browser.

// SPDX-License-Identifier: Apache-2.0
import type { Columns } from '../core/table';
import { save } from './save';
import { toast } from './toast.svelte';

// A name that every file system takes.
export function file_name(stem: string, ending: string): string {
  const plain = stem.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[-.]+|-+$/g, '').slice(0, 120);
  return `${plain || 'trex'}.${ending}`;
}

// RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it.
export function csv_field(value: unknown): string {
  if (value === undefined || value === null || (typeof value === 'number' && Number.isNaN(value))) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  let text = Array.isArray(value) ? value.join(' ') : String(value);
  if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(head: readonly string[], rows: Iterable<readonly unknown[]>): string {
  const lines = [head.map(csv_field).join(',')];
  for (const row of rows) lines.push(row.map(csv_field).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

export function table_csv(table: Columns, rows?: ArrayLike<number>, names?: readonly string[]): string {
  const head = names ?? table.list.map((column) => column.name);
  const order = rows ?? Array.from({ length: table.rows }, (_, row) => row);
  return csv(head, Array.from(order, (row) => head.map((name) => table.cell(name, row))));
}

export function save_csv(stem: string, text: string) {
  save(file_name(stem, 'csv'), 'text/csv;charset=utf-8', text);
}
export function save_svg(stem: string, text: string) {
  save(file_name(stem, 'svg'), 'image/svg+xml', text);
}
export function save_canvas(stem: string, canvas: HTMLCanvasElement) {
  canvas.toBlob((blob) => blob && save(file_name(stem, 'png'), 'image/png', blob), 'image/png');
}

// An SVG text as a PNG, at twice its size: sharp on every screen.
export async function save_svg_as_png(stem: string, svg: string, width: number, height: number, scale = 2) {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    save_canvas(stem, canvas);
  } finally {
    URL.revokeObjectURL(url);
  }
}

export async function copy(text: string, what: string) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copy_by_selection(text); // file:// pages may lack the clipboard interface
  }
  toast.say(`${what} copied`);
}

function copy_by_selection(text: string) {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.cssText = 'position:fixed;left:-9999px';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
