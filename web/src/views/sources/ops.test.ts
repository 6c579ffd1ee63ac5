// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { found_ops, type SourceOps } from './ops';

const ops: SourceOps = { names: ['/layer1/conv1/Conv', '/layer1/conv2/Conv', '/fc/Gemm'], time_ms: [1, 2, NaN], layers: [[0], [1], []], of_layer: new Map([[0, [0]], [1, [1]]]) };

describe('the search for nodes', () => {
  it.each([['', [0, 1, 2]], ['CONV layer1', [0, 1]], ['conv2', [1]], ['x', []]])('%j', (search, found) => {
    expect(found_ops(ops, search)).toEqual(found);
  });
});
