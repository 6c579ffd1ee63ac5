// A value with its unit as people read it; "–" where it is unknown.

// SPDX-License-Identifier: Apache-2.0
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
