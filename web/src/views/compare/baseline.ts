// Which engine is compared with: kept in the address, so that a permalink brings it back.

// SPDX-License-Identifier: Apache-2.0
import { app } from '../../state/app.svelte';

const key = 'compare.baseline';

export function restore_baseline(): boolean {
  const kept = Number(app.place[key] ?? NaN);
  if (!Number.isInteger(kept) || kept < 0 || kept >= app.engines.length) return false;
  app.baseline = kept;
  return true;
}

export function keep_baseline(place: number): void {
  app.baseline = place;
  app.keep(key, String(place));
}
