// What the page and its worker say to each other.

// SPDX-License-Identifier: Apache-2.0
export interface InputFile {
  name: string; // with folders, as the person has them
  data: Blob | Uint8Array<ArrayBuffer>;
  gzip?: boolean; // to be unpacked first
}

export type ToWorker =
  | { kind: 'start'; wasm: ArrayBuffer }
  | { kind: 'write'; id: number; folder: string; files: InputFile[] }
  | { kind: 'call'; id: number; request: string };

export type FromWorker =
  | { kind: 'answer'; id: number; bytes: ArrayBuffer } // of 'write': empty
  | { kind: 'failed'; id: number; message: string } // id -1: the core itself
  | { kind: 'progress'; id: number; done: number; total: number; name: string };
