import useAsync from 'react-use/esm/useAsync';
import { useApiHolder } from '@backstage/core-plugin-api';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { LakehouseResource } from '../../api';
import { Columns, Stack } from '../../components/layout';
import { ResourceView, SkeletonBox } from '../../components/states';
import { countedFrom } from '../card/sloFacts';
import {
  BurnDownChart,
  BurnRateChart,
  historyWithin,
  MarkedRun,
  SloMark,
  sloMarks,
  withoutVainForecast,
} from '../charts';
import { chartSpan, SloUrl } from '../sloUrl';
import { useSloHistory } from '../useSlos';
import { MarksList } from './MarksList';
import { useStableRange } from './useStableRange';

const MAX_RUNS = 100;
const NO_RUNS: readonly MarkedRun[] = [];

/** Burn-down and burn rates of an SLO, with what happened. */
export const SloCharts = (props: {
  slo: SloView;
  url: Pick<SloUrl, 'at'> & Required<Pick<SloUrl, 'span'>>;
}) => {
  const { slo, url } = props;
  const range = useStableRange(url);
  const history = useSloHistory(slo.id, range);
  const runs = useRuns(slo.entityRef, history);
  const from = countedFrom(slo);
  return (
    <ResourceView
      resource={history}
      what={`history of ${slo.title}`}
      skeleton={
        <Stack>
          <SkeletonBox height={270} />
          <SkeletonBox height={180} />
        </Stack>
      }
    >
      {read => {
        const whole = withoutVainForecast(read);
        const span = chartSpan(slo, whole, url.span === 'window');
        const data = historyWithin(whole, span);
        const marks: SloMark[] = sloMarks(data.marks, runs).filter(
          ({ atMs }) => atMs >= span.fromMs && atMs <= span.toMs,
        );
        return (
          <Stack>
            <BurnDownChart
              history={data}
              window={{
                fromMs: Date.parse(slo.windowFrom),
                toMs: Date.parse(slo.windowTo),
              }}
              span={span}
              marks={marks}
              atMs={url.at ? Date.parse(url.at) : undefined}
              countedFromMs={from ? Date.parse(from) : undefined}
            />
            <MarksList
              marks={marks}
              gaps={data.gaps}
              excluded={data.excluded}
            />
            <Columns minWidth={300}>
              {data.burnRates.map(rate => (
                <BurnRateChart
                  key={rate.condition}
                  rate={rate}
                  gaps={data.gaps}
                  span={{ ...span, toMs: lastOf(rate.points, span.toMs) }}
                />
              ))}
            </Columns>
          </Stack>
        );
      }}
    </ResourceView>
  );
};

/** Burn rates end now: what is still to come of the window is left out. */
function lastOf(points: ReadonlyArray<{ at: string }>, otherwise: number) {
  const last = points[points.length - 1];
  return last ? Math.min(otherwise, Date.parse(last.at)) : otherwise;
}

/** Runs of the entity's runbooks; none where the app has no Runbooks plugin, or they may not be seen. */
function useRuns(
  entityRef: string | undefined,
  history: LakehouseResource<unknown>,
): readonly MarkedRun[] {
  const api = useApiHolder().get(runbooksApiRef);
  const loaded = history.data !== undefined;
  const { value } = useAsync(
    async () =>
      api && entityRef && loaded
        ? (await api.getRuns({ entityRef, limit: MAX_RUNS })).items
        : NO_RUNS,
    [api, entityRef, loaded],
  );
  return value ?? NO_RUNS;
}
