// Asking the core: one promise a call, in order; a core that hangs can be ended and started again.

// SPDX-License-Identifier: Apache-2.0
import { decode } from './answer';
import type { Calls } from './types';
import type { Message } from './worker';
import CoreWorker from './worker?worker&inline';

export class CoreError extends Error {}
export class Cancelled extends Error {}

type Unnumbered = Message extends infer M ? (M extends Message ? Omit<M, 'id'> : never) : never;
interface Waiting {
  resolve(bytes: ArrayBuffer): void;
  reject(error: Error): void;
}

// What a page holds between <script> tags, unpacked.
export async function unpack(base64: string): Promise<ArrayBuffer> {
  const packed = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

export class Client {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;

  async start(wasm: ArrayBuffer): Promise<void> {
    this.cancel();
    this.worker = new CoreWorker();
    this.worker.addEventListener('message', (event) => this.settle(event.data));
    this.worker.addEventListener('error', (event) => this.fail(new CoreError(event.message || 'the core stopped')));
    await this.post({ start: wasm });
  }

  // Under its path in the core's own file system; the buffer is handed over, not copied.
  async write_file(path: string, bytes: ArrayBuffer): Promise<void> {
    await this.post({ file: { path, bytes } }, [bytes]);
  }

  async call<Name extends keyof Calls>(call: Name, args: Calls[Name]['args']): Promise<Calls[Name]['answer']> {
    const answer = decode(await this.post({ request: JSON.stringify({ ...args, call }) })) as { error?: string };
    if (typeof answer.error === 'string') throw new CoreError(answer.error);
    return answer as Calls[Name]['answer'];
  }

  // Ends the core: every waiting call is rejected with Cancelled, and what it had open is gone.
  cancel(): void {
    this.worker?.terminate();
    this.worker = null;
    this.fail(new Cancelled('cancelled'));
  }

  private post(message: Unnumbered, transfer: Transferable[] = []): Promise<ArrayBuffer> {
    if (!this.worker) return Promise.reject(new Cancelled('the core is not running'));
    const id = this.next++;
    this.worker.postMessage({ ...message, id }, transfer);
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  private settle({ id, bytes, error }: { id: number; bytes?: ArrayBuffer; error?: string }): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (bytes) waiting?.resolve(bytes);
    else waiting?.reject(new CoreError(error ?? 'no answer'));
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
