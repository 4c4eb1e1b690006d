// Only the parts of ECharts that are drawn here.
import { LineChart, type LineSeriesOption } from 'echarts/charts';
import {
  DataZoomInsideComponent, GridComponent, MarkAreaComponent, TooltipComponent,
  type DataZoomComponentOption, type GridComponentOption, type MarkAreaComponentOption, type TooltipComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, TooltipComponent, DataZoomInsideComponent, MarkAreaComponent, CanvasRenderer]);

export type ChartOption = ComposeOption<LineSeriesOption | GridComponentOption | TooltipComponentOption | DataZoomComponentOption | MarkAreaComponentOption>;
export type { EChartsType };
export { init };
