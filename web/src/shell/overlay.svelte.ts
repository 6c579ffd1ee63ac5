// Which sheet lies over the page: the palette, the help, or none.

// SPDX-License-Identifier: Apache-2.0
class Overlay {
  shown = $state<'palette' | 'help' | ''>('');
  private before: HTMLElement | null = null;

  open(which: 'palette' | 'help'): void {
    this.before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.shown = this.shown === which ? '' : which;
  }
  close(): void {
    this.shown = '';
    this.before?.focus();
  }
}

export const overlay = new Overlay();
