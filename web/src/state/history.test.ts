// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { History } from './history';

it('goes back and forward', () => {
  const history = new History();
  history.leave(1);
  history.leave(2); // now 3
  expect(history.back(3)).toBe(2);
  expect(history.back(2)).toBe(1);
  expect(history.back(1)).toBeNull();
  expect(history.forward(1)).toBe(2);
  expect(history.forward(2)).toBe(3);
  expect(history.forward(3)).toBeNull();
});
it('forgets what lay ahead when another is selected', () => {
  const history = new History();
  history.leave(1);
  history.back(2);
  history.leave(1);
  expect(history.forward(5)).toBeNull();
});
