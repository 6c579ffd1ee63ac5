// A change with its sign: "+0.0123 ms", "−4.0 KiB".

// SPDX-License-Identifier: Apache-2.0
import { say } from '../../../ui/units';

export function signed_say(value: number | null, unit: string): string {
  if (value === null || !Number.isFinite(value) || value === 0) return say(value, unit);
  return `${value > 0 ? '+' : '−'}${say(Math.abs(value), unit)}`;
}
