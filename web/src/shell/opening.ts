// What the page holds from the start: a report's files, or a server's.

// SPDX-License-Identifier: Apache-2.0
import { from_base64 } from '../core/files';
import { app } from '../state/app.svelte';

interface Report {
  files: { name: string; gzip_base64: string }[];
  engines?: string[][];
  state?: string; // a hash, when the address has none
}

export async function open_embedded(): Promise<void> {
  const element = document.getElementById('trex-report');
  if (!element) return;
  const report = JSON.parse(element.textContent!) as Report;
  if (report.state && location.hash === '') history.replaceState(null, '', report.state);
  const files = report.files.map((file) => ({ name: file.name, data: from_base64(file.gzip_base64), gzip: true }));
  await app.open(files, report.engines);
}
