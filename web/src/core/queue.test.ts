// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { Queue } from './queue';

test('what someone waits for overtakes what nobody does, and files overtake both', () => {
  const sent: string[] = [];
  const queue = new Queue<string>((item) => sent.push(item));
  queue.add('lint 1', 'background');
  queue.add('lint 2', 'background');
  queue.add('show', 'now');
  queue.add('select', 'now');
  queue.add('write', 'files');
  expect(sent).toEqual(['lint 1']); // it was alone when it came
  for (let i = 0; i < 5; ++i) queue.done();
  expect(sent).toEqual(['lint 1', 'write', 'show', 'select', 'lint 2']);
  expect(queue.sent).toBeUndefined();
});

test('what is cleared is never sent; what comes after is', () => {
  const sent: string[] = [];
  const queue = new Queue<string>((item) => sent.push(item));
  queue.add('a', 'now');
  queue.add('c', 'background');
  queue.add('b', 'now');
  expect(queue.clear()).toEqual(['a', 'b', 'c']);
  queue.add('d', 'now');
  expect(sent).toEqual(['a', 'd']);
});
