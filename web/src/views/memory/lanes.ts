// In which lane stands each buffer of the lifetime chart? Two in one lane never live together.
//
// First fit over starts in order, with a heap of free lanes: n log n. Lanes are places in a picture,
// not addresses: the engine's file says nothing of addresses.

// SPDX-License-Identifier: Apache-2.0
export interface Interval {
  first: number;
  last: number; // both included
}

class Heap<T> {
  private readonly items: T[] = [];
  constructor(private readonly before: (a: T, b: T) => boolean) {}
  get top(): T | undefined {
    return this.items[0];
  }
  push(item: T) {
    let at = this.items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.before(this.items[at], this.items[up])) break;
      [this.items[at], this.items[up]] = [this.items[up], this.items[at]];
      at = up;
    }
  }
  pop(): T | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (this.items.length === 0 || last === undefined) return top;
    this.items[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.items.length && this.before(this.items[child], this.items[least])) least = child;
      }
      if (least === at) return top;
      [this.items[at], this.items[least]] = [this.items[least], this.items[at]];
      at = least;
    }
  }
}

export function lanes(intervals: readonly Interval[]): { lane: number[]; count: number } {
  const order = intervals.map((_, i) => i).sort((a, b) => intervals[a].first - intervals[b].first || intervals[b].last - intervals[a].last || a - b);
  const lane = new Array<number>(intervals.length).fill(0);
  const busy = new Heap<{ last: number; lane: number }>((a, b) => a.last < b.last);
  const free = new Heap<number>((a, b) => a < b);
  let count = 0;
  for (const i of order) {
    while (busy.top && busy.top.last < intervals[i].first) free.push(busy.pop()!.lane);
    lane[i] = free.pop() ?? count++;
    busy.push({ last: intervals[i].last, lane: lane[i] });
  }
  return { lane, count };
}
