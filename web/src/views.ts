// The views of the page, in the order of their keys. A view is a folder here and a line below.
//
// Each is evaluated when it is first opened, so that the first screen does not wait for what nobody
// looks at yet.

// SPDX-License-Identifier: Apache-2.0
import type { Component } from 'svelte';
import { app, type ViewId } from './state/app.svelte';

export interface View {
  id: ViewId;
  title: string;
  key: string; // what opens it
  about: string;
  load: () => Promise<{ default: Component }>;
}

const views: readonly View[] = [
  { id: 'overview', title: 'Overview', key: '1', about: 'the engine, where its time goes, what to do',
    load: () => import('./views/overview/Overview.svelte') },
  { id: 'table', title: 'Layers', key: '2', about: 'every layer: filter, sort, group',
    load: () => import('./views/table/LayerTable.svelte') },
  { id: 'graph', title: 'Graph', key: '3', about: 'how the layers hang together',
    load: () => import('./views/graph/Graph.svelte') },
  { id: 'findings', title: 'Findings', key: '4', about: 'what costs time and what to do about it',
    load: () => import('./views/findings/Findings.svelte') },
  { id: 'charts', title: 'Charts', key: '5', about: 'time and memory by type, precision, order',
    load: () => import('./views/charts/Charts.svelte') },
  { id: 'roofline', title: 'Roofline', key: '6', about: 'how far each layer is from what the GPU can do',
    load: () => import('./views/roofline/RooflineView.svelte') },
  { id: 'memory', title: 'Memory', key: '7', about: 'what is alive when, and the peak',
    load: () => import('./views/memory/MemoryView.svelte') },
  { id: 'latency', title: 'Latency', key: '8', about: 'how the inferences spread',
    load: () => import('./views/latency/LatencyView.svelte') },
  { id: 'compare', title: 'Compare', key: '9', about: 'what changed from one engine to another',
    load: () => import('./views/compare/Compare.svelte') },
  { id: 'sources', title: 'Source ops', key: '0', about: 'from the nodes of the model to layers and back',
    load: () => import('./views/sources/Sources.svelte') },
  { id: 'glossary', title: 'Glossary', key: 'g', about: 'every word that trex uses, explained',
    load: () => import('./views/glossary/Glossary.svelte') },
  { id: 'history', title: 'History', key: 't', about: 'how a model\'s engines got faster or slower over time, when and why',
    load: () => import('./views/history/History.svelte') },
];

// Those that have something to show: a history comes first and needs no engine, the others do.
export function shown_views(): readonly View[] {
  const of_engines = views.filter(({ id }) => id !== 'history');
  if (!app.model_history) return of_engines;
  return [...views.filter(({ id }) => id === 'history'), ...(app.engine ? of_engines : [])];
}
