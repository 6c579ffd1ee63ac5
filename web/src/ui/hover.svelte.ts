// The card beside the pointer: which layer, and where.

// SPDX-License-Identifier: Apache-2.0
import { app } from '../state/app.svelte';

class HoverCard {
  row = $state<number | null>(null);
  x = $state(0);
  y = $state(0);

  // Marks the layer in every view too; null hides both.
  over(row: number | null, event: PointerEvent): void {
    app.hover(row);
    this.row = event.pointerType === 'touch' ? null : row;
    this.x = event.clientX;
    this.y = event.clientY;
  }
  hide(): void {
    app.hover(null);
    this.row = null;
  }
}

export const hover_card = new HoverCard();
