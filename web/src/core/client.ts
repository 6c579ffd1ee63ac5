// Asking the core: one promise a call. What nobody waits for lets the rest pass.
//
// WebAssembly cannot be interrupted, so cancel() ends the worker and starts another, in which the same
// files are opened again in the same order: engines keep their ids. Views of the graph are lost with
// it; `restarts` counts, so that who holds one can see that it is gone.

// SPDX-License-Identifier: Apache-2.0
import { decode } from './answer';
import { from_base64, path_in, unpacked } from './files';
import type { FromWorker, InputFile, ToWorker } from './messages';
import { Queue, type Urgency } from './queue';
import type { Calls } from './types';
import CoreWorker from './worker?worker&inline';

export class CoreError extends Error {}
// The files of one engine, and what they do not say of it.
export interface Group {
  files: string[];
  name?: string;
  opt_profile?: number;
}

export class Cancelled extends Error {}

export interface Progress {
  done: number;
  total: number;
  name: string;
}

type Numbered = Exclude<ToWorker, { kind: 'start' }>;
type Unnumbered = Numbered extends infer M ? (M extends Numbered ? Omit<M, 'id'> : never) : never;
interface Waiting {
  message: Unnumbered;
  id: number;
  resolve(bytes: ArrayBuffer): void;
  reject(error: Error): void;
  progress?: (progress: Progress) => void;
}

async function embedded_core(): Promise<ArrayBuffer> {
  const text = document.getElementById('trex-core')?.textContent;
  if (!text) throw new CoreError('this page holds no core; build it with make page');
  return (await unpacked(from_base64(text))).buffer;
}

export class Client {
  restarts = 0;
  private worker: Worker | null = null;
  private wasm: Promise<ArrayBuffer> | null = null;
  private readonly queue = new Queue<Waiting>((one) => this.send(one));
  private kept: Unnumbered[] = []; // what a new worker must be told
  private next_id = 0;
  private next_folder = 0;

  // Throws CoreError with the core's one line; Cancelled.
  async call<Name extends keyof Calls>(
    call: Name, args: Calls[Name]['args'], urgency: Urgency = 'now',
  ): Promise<Calls[Name]['answer']> {
    const message = { kind: 'call', request: JSON.stringify({ ...args, call }) } as const;
    const answer = decode(await this.post(message, urgency)) as { error?: string };
    if (typeof answer.error === 'string') throw new CoreError(answer.error);
    return answer as Calls[Name]['answer'];
  }

  // Hands files to the core and opens those groups of them (none: all are one); what cannot be read
  // is in errors, by the names given.
  async open(
    files: InputFile[], groups?: Group[], progress?: (progress: Progress) => void,
  ): Promise<Calls['open']['answer']> {
    const folder = `/${this.next_folder++}`;
    const writing = { kind: 'write', folder, files } as const;
    await this.post(writing, 'files', progress);
    performance.mark('trex-read'); // bench/page_bench.mjs counts from here
    this.kept.push(writing);
    const result: Calls['open']['answer'] = { engines: [], errors: [] };
    for (const group of groups ?? [{ files: files.map((file) => file.name) }]) {
      const request = { ...group, call: 'open', files: group.files.map((name) => path_in(folder, name)) };
      const message = { kind: 'call', request: JSON.stringify(request) } as const;
      const answer = decode(await this.post(message, 'files')) as Calls['open']['answer'] & { error?: string };
      this.kept.push(message);
      result.engines.push(...(answer.engines ?? []));
      const errors = answer.error === undefined ? answer.errors : [answer.error];
      result.errors.push(...errors.map((error) => error.replaceAll(`${folder}/`, '')));
    }
    return result;
  }

  // Ends what runs and what waits (Cancelled); the engines that were open are so for the next call.
  cancel(): void {
    this.stop(new Cancelled('cancelled'));
    for (const message of this.kept) this.post(message, 'files').catch(() => {});
  }

  // Forgets every engine.
  reset(): void {
    this.kept = [];
    this.stop(new Cancelled('the engines were closed'));
  }

  // Nothing is asked that was not answered; for tests.
  get idle(): boolean {
    return this.queue.empty;
  }

  private post(message: Unnumbered, urgency: Urgency, progress?: (progress: Progress) => void): Promise<ArrayBuffer> {
    const id = this.next_id++;
    return new Promise((resolve, reject) => this.queue.add({ message, id, resolve, reject, progress }, urgency));
  }

  // Handlers of one promise run in the order they were added: 'start' is always first.
  private send({ message, id }: Waiting): void {
    const worker = this.started();
    this.wasm!.then(() => worker.postMessage({ ...message, id }), () => {});
  }

  private started(): Worker {
    if (this.worker) return this.worker;
    const worker = new CoreWorker();
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.settle(event.data));
    worker.addEventListener('error', (event) => this.stop(new CoreError(event.message || 'the core stopped')));
    this.worker = worker;
    this.wasm ??= embedded_core();
    this.wasm.then((wasm) => worker.postMessage({ kind: 'start', wasm }), (error: Error) => this.stop(error));
    return worker;
  }

  private settle(message: FromWorker): void {
    if (message.id === -1) {
      if (message.kind === 'failed') this.stop(new CoreError(message.message));
      return;
    }
    const sent = this.queue.sent;
    if (sent?.id !== message.id) return;
    if (message.kind === 'progress') {
      sent.progress?.(message);
      return;
    }
    if (message.kind === 'answer') sent.resolve(message.bytes);
    else sent.reject(new CoreError(message.message));
    this.queue.done();
  }

  private stop(reason: Error): void {
    this.worker?.terminate();
    this.worker = null;
    this.restarts += 1;
    for (const one of this.queue.clear()) one.reject(reason);
  }
}
