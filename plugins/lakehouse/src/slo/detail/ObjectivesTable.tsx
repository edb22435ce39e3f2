import type { SloObjectiveView } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatDateTime,
  formatDuration,
  formatShare,
  NOT_OBSERVED,
} from '../../components/format';
import { DataTable, useTableStyles } from '../../components/layout';
import { describeSli } from '../describeSli';
import {
  formatAttainment,
  formatEvents,
  formatRemaining,
  formatTarget,
  formatThreshold,
} from '../sloFormat';

/** Each promise of an SLO with its own figures. */
export const ObjectivesTable = (props: {
  objectives: readonly SloObjectiveView[];
}) => {
  const classes = useTableStyles();
  const { objectives } = props;
  const composite = objectives.length > 1;
  return (
    <DataTable
      label="Objectives"
      minWidth={840}
      rows={objectives}
      idOf={({ objective }) => objective.key}
      columns={[
        {
          id: 'what',
          title: 'Objective',
          overflow: 'wrap',
          cell: ({ objective, countedFrom }) => (
            <>
              {objective.displayName && (
                <>
                  <strong>{objective.displayName}</strong>
                  <br />
                </>
              )}
              {describeSli(objective.sli.source)}
              {objective.threshold && (
                <> {formatThreshold(objective.threshold)}</>
              )}
              {countedFrom && (
                <>
                  <br />
                  <span className={classes.muted}>
                    counted since {formatDateTime(countedFrom)}
                  </span>
                </>
              )}
            </>
          ),
        },
        {
          id: 'attainment',
          title: 'Attained',
          numeric: true,
          width: 130,
          cell: ({ attainment, objective }) => (
            <>
              {formatAttainment(attainment, objective.target)}
              <br />
              <span className={classes.muted}>
                of {formatTarget(objective.target)}
              </span>
            </>
          ),
        },
        {
          id: 'budget',
          title: 'Budget',
          numeric: true,
          width: 176,
          cell: ({ budget }) => formatRemaining(budget?.remaining),
        },
        {
          id: 'counted',
          title: 'Good of all',
          numeric: true,
          width: 130,
          cell: ({ good, total }) =>
            good === undefined || total === undefined
              ? NOT_OBSERVED
              : `${formatEvents(good)} of ${formatEvents(total)}`,
        },
        {
          id: 'coverage',
          title: 'Observed',
          numeric: true,
          width: 84,
          cell: ({ coverage }) => formatShare(coverage),
        },
        ...(objectives.some(({ latencyMs }) => latencyMs)
          ? [
              {
                id: 'latency',
                title: 'p50 · p95 · p99',
                numeric: true,
                width: 170,
                cell: ({ latencyMs }: SloObjectiveView) =>
                  latencyMs
                    ? [latencyMs.p50, latencyMs.p95, latencyMs.p99]
                        .map(formatDuration)
                        .join(' · ')
                    : NOT_OBSERVED,
              },
            ]
          : []),
        ...(composite
          ? [
              {
                id: 'weight',
                title: 'Weight',
                numeric: true,
                width: 70,
                cell: ({ objective }: SloObjectiveView) => objective.weight,
              },
            ]
          : []),
      ]}
    />
  );
};
