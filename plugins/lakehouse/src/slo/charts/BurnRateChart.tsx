import type { SloHistory } from '@lakehouse-ops/plugin-lakehouse-common';
import { SeriesChart, TimeSpan } from '../../components/charts';
import { formatBurn, formatLookback } from '../sloFormat';

const HEIGHT = 140;

/** How fast the budget burned over one alert's lookback, against the factor at which it fires. */
export const BurnRateChart = (props: {
  rate: SloHistory['burnRates'][number];
  gaps: SloHistory['gaps'];
  span: TimeSpan;
}) => {
  const { condition, factor, longMs, points } = props.rate;
  const known = points.flatMap(({ value }) => value ?? []);
  const highest = Math.max(...known);
  return (
    <SeriesChart
      title={`Burn rate over ${formatLookback(longMs)} (${condition})`}
      summary={
        known.length === 0
          ? `Not observed in this time. Fires from ${formatBurn(factor)} on.`
          : `At most ${formatBurn(highest)}; fires from ${formatBurn(
              factor,
            )} on.`
      }
      series={[
        { name: 'burn rate', value: point => point.value },
        {
          name: 'fires from here on',
          value: () => factor,
          look: 'dashed',
          tone: 'breached',
        },
      ]}
      points={points.map(({ at, value }) => ({
        timeMs: Date.parse(at),
        value,
      }))}
      format={formatBurn}
      span={props.span}
      unobserved={
        known.length === 0
          ? [props.span]
          : props.gaps.map(({ from, to }) => ({
              fromMs: Date.parse(from),
              toMs: Date.parse(to),
            }))
      }
      top={scaleTop(Math.max(factor, known.length > 0 ? highest : 0))}
      height={HEIGHT}
      axisWidth={48}
      plain
    />
  );
};

/** Room above the greatest value, up to a round number. */
export function scaleTop(greatest: number): number {
  const wanted = greatest * 1.15;
  const magnitude = 10 ** Math.floor(Math.log10(wanted));
  const steps = [1, 2, 3, 4, 5, 6, 8, 10];
  const step = steps.find(one => one * magnitude >= wanted) ?? 10;
  return step * magnitude;
}
