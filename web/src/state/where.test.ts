// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { between, both, column_text, equals, one_of, quoted } from './where';

it.each([
  ['a text', equals('type', 'Conv'), 'type == "Conv"'],
  ['quotes and backslashes', equals('name', 'a"b\\c'), 'name == "a\\"b\\\\c"'],
  ['a number', equals('m', 64), 'm == 64'],
  ['a truth', equals('hidden', true), 'hidden == true'],
  ['unknown', equals('tactic', undefined), 'tactic is null'],
  ['not a number', equals('time_ms', NaN), 'time_ms is null'],
  ['dims', equals('dims', [1, 3, 224]), 'dims == "1x3x224"'],
  ['several ops', equals('source_ops', ['a', 'b']), 'source_ops == "a" and source_ops == "b"'],
  ['an odd column', equals('odd name', 1), '`odd name` == 1'],
  ['a keyword as a column', column_text('in'), '`in`'],
  ['an attribute', column_text('Weights.Count'), 'Weights.Count'],
  ['a range', between('time_ms', 0.5, 1e-7), 'time_ms >= 0.5 and time_ms <= 1e-7'],
  ['one of one', one_of('type', ['a']), 'type == "a"'],
  ['one of two', one_of('type', ['a', 'b']), 'type in ("a", "b")'],
  ['joined', both('a == 1', 'b == 2'), 'a == 1 and b == 2'],
  ['an or is bracketed', both('a == 1 or b == 2', 'c == 3'), '(a == 1 or b == 2) and c == 3'],
  ['nothing and one', both(' ', 'c == 3'), 'c == 3'],
  ['the same twice', both('c == 3', 'c == 3'), 'c == 3'],
  ['quoted', quoted('\\'), '"\\\\"'],
])('%s', (_, made, expected) => expect(made).toBe(expected));
