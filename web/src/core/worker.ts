// The core in a thread of its own, so that the page stays alive while it works.
//
// Messages in: {id, start: wasm bytes}, {id, file: {path, bytes}}, {id, request}; out: {id, bytes} or
// {id, error}. Requests are answered in order. Cancelling is ending the worker.

// SPDX-License-Identifier: Apache-2.0
import create_core from 'trex-core';

interface Core {
  HEAPU8: Uint8Array;
  FS: { mkdirTree(path: string): void; writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void };
  _trex_allocate(size: number): number;
  _trex_free(address: number): void;
  _trex_call(address: number, size: number): number;
  _trex_answer_size(): number;
}

export type Message =
  | { id: number; start: ArrayBuffer }
  | { id: number; file: { path: string; bytes: ArrayBuffer } }
  | { id: number; request: string };

let core: Core;

function write_file(path: string, bytes: ArrayBuffer) {
  core.FS.mkdirTree(path.slice(0, path.lastIndexOf('/')) || '/');
  core.FS.writeFile(path, new Uint8Array(bytes));
}

function call(request: string): ArrayBuffer {
  const text = new TextEncoder().encode(request);
  const address = core._trex_allocate(text.length);
  core.HEAPU8.set(text, address);
  const answer = core._trex_call(address, text.length);
  core._trex_free(address);
  return core.HEAPU8.slice(answer, answer + core._trex_answer_size()).buffer;
}

async function answer(message: Message): Promise<ArrayBuffer> {
  if ('start' in message) core = await create_core({ wasmBinary: message.start });
  else if ('file' in message) write_file(message.file.path, message.file.bytes);
  else return call(message.request);
  return new ArrayBuffer(0);
}

let last: Promise<void> = Promise.resolve();
addEventListener('message', (event: MessageEvent<Message>) => {
  const { id } = event.data;
  last = last.then(async () => {
    try {
      const bytes = await answer(event.data);
      postMessage({ id, bytes }, { transfer: [bytes] });
    } catch (error) {
      postMessage({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
});
