// What waits for the core: one at a time goes out, first what someone waits for, then the rest.
//
// The core answers in the order it is asked and cannot be interrupted, so the order is made here.

// SPDX-License-Identifier: Apache-2.0
export const urgencies = ['files', 'now', 'background'] as const;
export type Urgency = (typeof urgencies)[number]; // the first goes first; within one, as they came

export class Queue<Item> {
  private readonly waiting = new Map<Urgency, Item[]>(urgencies.map((urgency) => [urgency, []]));
  private out: Item | undefined;

  constructor(private readonly send: (item: Item) => void) {}

  add(item: Item, urgency: Urgency): void {
    this.waiting.get(urgency)!.push(item);
    this.next();
  }
  // What went out was answered.
  done(): void {
    this.out = undefined;
    this.next();
  }
  // Forgets all of it; gives it, what went out first.
  clear(): Item[] {
    const all = [...(this.out === undefined ? [] : [this.out]), ...[...this.waiting.values()].flat()];
    this.out = undefined;
    for (const list of this.waiting.values()) list.length = 0;
    return all;
  }
  get empty(): boolean {
    return this.out === undefined;
  }
  get sent(): Item | undefined {
    return this.out;
  }

  private next(): void {
    if (this.out !== undefined) return;
    const list = urgencies.map((urgency) => this.waiting.get(urgency)!).find((one) => one.length > 0);
    this.out = list?.shift();
    if (this.out !== undefined) this.send(this.out);
  }
}
