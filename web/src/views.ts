// The views of the page, in the order of their keys.

// SPDX-License-Identifier: Apache-2.0
import type { Component } from 'svelte';
import type { ViewId } from './state/app.svelte';
import Charts from './views/charts/Charts.svelte';
import Compare from './views/compare/Compare.svelte';
import Findings from './views/findings/Findings.svelte';
import Glossary from './views/glossary/Glossary.svelte';
import Graph from './views/graph/Graph.svelte';
import Latency from './views/latency/LatencyView.svelte';
import Memory from './views/memory/MemoryView.svelte';
import Overview from './views/overview/Overview.svelte';
import Roofline from './views/roofline/RooflineView.svelte';
import Sources from './views/sources/Sources.svelte';
import Table from './views/table/LayerTable.svelte';

export interface View {
  id: ViewId;
  title: string;
  key: string;
  component: Component;
}

export const views: View[] = [
  { id: 'overview', title: 'Overview', key: '1', component: Overview },
  { id: 'table', title: 'Layers', key: '2', component: Table },
  { id: 'graph', title: 'Graph', key: '3', component: Graph },
  { id: 'findings', title: 'Findings', key: '4', component: Findings },
  { id: 'charts', title: 'Charts', key: '5', component: Charts },
  { id: 'roofline', title: 'Roofline', key: '6', component: Roofline },
  { id: 'memory', title: 'Memory', key: '7', component: Memory },
  { id: 'latency', title: 'Latency', key: '8', component: Latency },
  { id: 'compare', title: 'Compare', key: '9', component: Compare },
  { id: 'sources', title: 'Source ops', key: '0', component: Sources },
  { id: 'glossary', title: 'Glossary', key: 'g', component: Glossary },
];
