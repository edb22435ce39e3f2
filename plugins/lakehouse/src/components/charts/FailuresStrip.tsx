import type { ReactNode } from 'react';
import { Bar, BarChart, Tooltip, XAxis, YAxis } from 'recharts';
import { formatCount } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';
import type { LatencyPoint } from './latencyPoints';
import {
  PLOT_MARGIN,
  timeAxisProps,
  TimeSpan,
  valueAxisProps,
} from './timeAxis';
import type { useTimeBrush } from './useTimeBrush';

const HEIGHT = 74;

/** How many queries finished and failed over time, in line with the chart above. */
export const FailuresStrip = (props: {
  points: readonly LatencyPoint[];
  span: TimeSpan;
  width: number;
  syncId: string;
  handlers: ReturnType<typeof useTimeBrush>['handlers'];
  children?: ReactNode;
}) => {
  const { points, span, width } = props;
  const colors = useLakehouseColors();
  const plotWidth = width - valueAxisProps(colors).width - PLOT_MARGIN.right;
  const barSize = Math.max(
    1,
    Math.min(24, (plotWidth / Math.max(1, points.length)) * 0.75),
  );
  return (
    <BarChart
      width={width}
      height={HEIGHT}
      data={[...points]}
      margin={PLOT_MARGIN}
      accessibilityLayer={false}
      syncId={props.syncId}
      style={{ cursor: 'crosshair', userSelect: 'none' }}
      {...props.handlers}
    >
      <XAxis {...timeAxisProps(span, width, colors)} />
      <YAxis
        {...valueAxisProps(colors)}
        allowDecimals={false}
        tickCount={2}
        tickFormatter={formatCount}
      />
      <Bar
        dataKey="failed"
        stackId="ended"
        fill={colors.breached}
        barSize={barSize}
        isAnimationActive={false}
      />
      <Bar
        dataKey="finished"
        stackId="ended"
        fill={colors.muted}
        barSize={barSize}
        isAnimationActive={false}
      />
      {props.children}
      <Tooltip content={() => null} cursor={{ fill: colors.grid }} />
    </BarChart>
  );
};
