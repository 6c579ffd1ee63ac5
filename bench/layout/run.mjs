// One JavaScript layout on one graph; prints the CPU milliseconds of the layout alone.
//
// usage: node run.mjs dagre|elk GRAPH.json FOLDER    FOLDER holds node_modules
//
// Options are those that come nearest to trex's: from top to bottom, the same gaps, layered.

// SPDX-License-Identifier: Apache-2.0

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const [which, file, folder] = process.argv.slice(2);
const require = createRequire(resolve(folder, 'package.json'));
const graph = JSON.parse(readFileSync(file, 'utf8'));

function dagre() {
  const lib = require('@dagrejs/dagre');
  const g = new lib.graphlib.Graph({ multigraph: true });
  g.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 36, edgesep: 10 });
  g.setDefaultEdgeLabel(() => ({}));
  graph.nodes.forEach(([width, height], i) => g.setNode(String(i), { width, height }));
  graph.edges.forEach(([s, t], i) => g.setEdge(String(s), String(t), {}, String(i)));
  return () => lib.layout(g);
}

function elk() {
  const Elk = require('elkjs/lib/elk.bundled.js');
  const root = {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.spacing.nodeNode': '24',
      'elk.layered.spacing.nodeNodeBetweenLayers': '36',
    },
    children: graph.nodes.map(([width, height], i) => ({ id: `n${i}`, width, height })),
    edges: graph.edges.map(([s, t], i) => ({ id: `e${i}`, sources: [`n${s}`], targets: [`n${t}`] })),
  };
  return () => new Elk().layout(root);
}

const run = { dagre, elk }[which]();
const before = process.cpuUsage();
await run();
const used = process.cpuUsage(before);
console.log(((used.user + used.system) / 1000).toFixed(1));
