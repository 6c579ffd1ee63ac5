// Where the engines come from: a report's own files, a server's, or what the person opens or drops.

// SPDX-License-Identifier: Apache-2.0
import type { Group } from '../core/client';
import { from_base64 } from '../core/files';
import type { ModelHistory } from '../core/reports';
import { app, type InputFile } from '../state/app.svelte';
import { watch_server } from './serving';

interface Report {
  files: { name: string; gzip_base64: string }[];
  engines?: string[][];
  options?: Omit<Group, 'files'>[]; // beside engines
  notes?: string[]; // what the files in the page lack, in words
  history?: ModelHistory;
  state?: string; // a hash, used when the address has none
}

// Past this a folder is surely no folder of engines.
const most_files = 5000;

function data_of(id: string): unknown {
  const text = document.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : undefined;
}

// What the page holds from the start.
export async function open_embedded(): Promise<void> {
  const report = data_of('trex-report') as Report | undefined;
  if (report) {
    if (report.state && location.hash === '') history.replaceState(null, '', `#${report.state.replace(/^#/, '')}`);
    app.report_notes = report.notes ?? [];
    app.model_history = report.history ?? null;
    if (report.files.length === 0) return app.restore();
    const files = report.files.map((file) => ({ name: file.name, data: from_base64(file.gzip_base64), gzip: true }));
    await app.open(files, report.engines?.map((names, i) => ({ ...report.options?.[i], files: names })));
  } else if (data_of('trex-serve') !== undefined) {
    await watch_server();
  }
}

export function chosen_files(list: FileList | null): InputFile[] {
  return Array.from(list ?? [], (file) => ({ name: file.webkitRelativePath || file.name, data: file }));
}

// Files and whole folders that were dropped.
export async function dropped_files(transfer: DataTransfer): Promise<InputFile[]> {
  // All entries must be taken before the first wait: the browser forgets them after the event.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return chosen_files(transfer.files);
  const files: InputFile[] = [];
  for (const entry of entries) await gather(entry, files);
  return files;
}

async function gather(entry: FileSystemEntry, files: InputFile[]): Promise<void> {
  if (files.length >= most_files) return;
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
    files.push({ name: entry.fullPath.replace(/^\//, ''), data: file });
  } else {
    for (const one of await children(entry as FileSystemDirectoryEntry)) await gather(one, files);
  }
}

// A reader gives at most some hundred entries at a time.
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0 || all.length >= most_files) return all;
    all.push(...some);
  }
}
