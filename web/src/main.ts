// The page begins here.

// SPDX-License-Identifier: Apache-2.0
import { mount } from 'svelte';
import './ui/theme.css';
import App from './App.svelte';
import { app } from './state/app.svelte';

// For the console and for scripts: the state that the page shows.
Object.assign(window, { trex: app });

export default mount(App, { target: document.getElementById('app')! });
