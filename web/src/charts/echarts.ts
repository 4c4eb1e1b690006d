// Only the parts of ECharts that are drawn here.
import { BarChart, LineChart } from 'echarts/charts';
import { AxisPointerComponent, DataZoomInsideComponent, GridComponent, MarkAreaComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ComposeOption, type EChartsType } from 'echarts/core';
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { AxisPointerComponentOption, DataZoomComponentOption, GridComponentOption, MarkAreaComponentOption, TitleComponentOption, TooltipComponentOption } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, TooltipComponent, AxisPointerComponent, DataZoomInsideComponent, MarkAreaComponent, TitleComponent, CanvasRenderer]);

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | TooltipComponentOption | AxisPointerComponentOption | DataZoomComponentOption | MarkAreaComponentOption | TitleComponentOption
>;
export type { EChartsType };
export { init };
