// The page begins here.

// SPDX-License-Identifier: Apache-2.0
import { mount } from 'svelte';
import './ui/theme.css';
import App from './App.svelte';

export default mount(App, { target: document.getElementById('app')! });
