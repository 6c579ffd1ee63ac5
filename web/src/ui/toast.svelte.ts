// A short word about what just happened, read out too.

// SPDX-License-Identifier: Apache-2.0
class Toast {
  text = $state('');
  private timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string) {
    this.text = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.text = ''), 2500);
  }
}

export const toast = new Toast();
