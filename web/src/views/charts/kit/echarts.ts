// ECharts with the modules that our charts use, and no other: the page is one file.

// SPDX-License-Identifier: Apache-2.0
import { BarChart, CustomChart, LineChart, ScatterChart, SunburstChart, TreemapChart } from 'echarts/charts';
import {
  BrushComponent,
  DataZoomInsideComponent,
  DataZoomSliderComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([
  BarChart, CustomChart, LineChart, ScatterChart, SunburstChart, TreemapChart,
  BrushComponent, DataZoomInsideComponent, DataZoomSliderComponent, GridComponent,
  MarkLineComponent, TooltipComponent, CanvasRenderer, SVGRenderer,
]);

export { init };
export type { ECharts, EChartsCoreOption as Option } from 'echarts/core';
