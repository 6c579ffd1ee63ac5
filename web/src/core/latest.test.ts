// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { latest } from './latest';

it('asks one at a time and gives the last answer only', async () => {
  const asked: number[] = [];
  const taken: number[] = [];
  let release = () => {};
  const ask = latest(
    (n: number) => {
      asked.push(n);
      return new Promise<number>((done) => (release = () => done(n * 10)));
    },
    (answer) => taken.push(answer), () => taken.push(-1),
  );
  ask(1);
  ask(2);
  ask(3);
  release();
  await Promise.resolve().then(() => {}).then(() => {});
  release();
  await Promise.resolve().then(() => {}).then(() => {});
  expect(asked).toEqual([1, 3]);
  expect(taken).toEqual([30]);
});
it('tells of the last failure only', async () => {
  const failed: unknown[] = [];
  const ask = latest((n: number) => Promise.reject(new Error(String(n))), () => {}, (error) => failed.push(error));
  ask(1);
  ask(2);
  await new Promise((done) => setTimeout(done));
  expect(failed).toEqual([new Error('2')]);
});
