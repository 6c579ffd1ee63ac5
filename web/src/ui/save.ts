// Hands a file to the user: nothing leaves the browser.

// SPDX-License-Identifier: Apache-2.0
export function save(name: string, type: string, content: string | Blob) {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
