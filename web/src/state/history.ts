// The way back to the layers selected before, and forward again.

// SPDX-License-Identifier: Apache-2.0
const longest = 200;

export class History {
  private past: number[] = [];
  private future: number[] = [];

  // Another layer was selected in place of this one.
  leave(layer: number | null): void {
    if (layer !== null) this.past = [...this.past, layer].slice(-longest);
    this.future = [];
  }
  // Where that leads from `now`; null: nowhere.
  back(now: number | null): number | null {
    return History.step(this.past, this.future, now);
  }
  forward(now: number | null): number | null {
    return History.step(this.future, this.past, now);
  }
  forget(): void {
    this.past = [];
    this.future = [];
  }

  private static step(from: number[], to: number[], now: number | null): number | null {
    const next = from.pop();
    if (next === undefined) return null;
    if (now !== null) to.push(now);
    return next;
  }
}
