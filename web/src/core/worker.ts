// The core in a thread of its own, so that the page stays alive while it works.
//
// One request after another, in the order they came. Cancelling is ending the worker.

// SPDX-License-Identifier: Apache-2.0
import create_core from 'trex-core';
import { path_in, unpacked } from './files';
import type { FromWorker, InputFile, ToWorker } from './messages';

interface Core {
  HEAPU8: Uint8Array;
  FS: { mkdirTree(path: string): void; writeFile(path: string, bytes: Uint8Array): void };
  _trex_allocate(size: number): number;
  _trex_free(address: number): void;
  _trex_call(address: number, size: number): number;
  _trex_answer_size(): number;
}

let core: Core;

function post(message: FromWorker, transfer: Transferable[] = []) {
  postMessage(message, { transfer });
}

function call(request: string): ArrayBuffer {
  const text = new TextEncoder().encode(request);
  const address = core._trex_allocate(text.length);
  if (address === 0) throw new Error('out of memory: the engine is too large for this page');
  core.HEAPU8.set(text, address);
  const answer = core._trex_call(address, text.length);
  core._trex_free(address);
  return core.HEAPU8.slice(answer, answer + core._trex_answer_size()).buffer as ArrayBuffer;
}

async function bytes_of(file: InputFile): Promise<Uint8Array> {
  if (file.gzip) return unpacked(file.data);
  return file.data instanceof Blob ? new Uint8Array(await file.data.arrayBuffer()) : file.data;
}

async function write(id: number, folder: string, files: InputFile[]): Promise<ArrayBuffer> {
  for (const [done, file] of files.entries()) {
    post({ kind: 'progress', id, done, total: files.length, name: file.name });
    const path = path_in(folder, file.name);
    core.FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    core.FS.writeFile(path, await bytes_of(file));
  }
  return new ArrayBuffer(0);
}

async function answer(message: ToWorker): Promise<ArrayBuffer | undefined> {
  if (message.kind === 'write') return write(message.id, message.folder, message.files);
  if (message.kind === 'call') return call(message.request);
  core = await create_core({ wasmBinary: message.wasm });
  return undefined;
}

let last: Promise<void> = Promise.resolve();
addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const id = event.data.kind === 'start' ? -1 : event.data.id;
  last = last.then(async () => {
    try {
      const bytes = await answer(event.data);
      if (bytes) post({ kind: 'answer', id, bytes }, [bytes]);
    } catch (error) {
      post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    }
  });
});
