import type {
  SloView,
  SloWhatIf,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, NOT_OBSERVED } from '../../components/format';
import { DataTable } from '../../components/layout';
import { formatAttainment, formatRemaining, formatTarget } from '../sloFormat';

/** What is, beside what would be with the change. */
export const ThenVsNow = (props: {
  slo: SloView;
  /** Not loaded yet: attainment and budget are taken from the SLO itself. */
  now: SloWhatIf | undefined;
  nowTarget: number;
  then: SloWhatIf;
}) => {
  const { slo, now, nowTarget, then } = props;
  const firedOf = (whatIf: SloWhatIf | undefined, condition: string) =>
    whatIf?.alerts.find(alert => alert.condition === condition)?.fired;
  const conditions = [
    ...new Set(
      [...(now?.alerts ?? []), ...then.alerts].map(
        ({ condition }) => condition,
      ),
    ),
  ];
  const rows = [
    {
      name: 'Target',
      is: formatTarget(nowTarget),
      would: formatTarget(then.target),
    },
    {
      name: 'Attained',
      is: formatAttainment(now ? now.attainment : slo.attainment, nowTarget),
      would: formatAttainment(then.attainment, then.target),
    },
    {
      name: 'Budget',
      is: formatRemaining(now ? now.remaining : slo.budget?.remaining),
      would: formatRemaining(then.remaining),
    },
    ...conditions.map(condition => ({
      name: `Alert “${condition}” fired`,
      is: timesOf(firedOf(now, condition)),
      would: timesOf(firedOf(then, condition)),
    })),
  ];
  return (
    <DataTable
      label="As it is, and with the change"
      rows={rows}
      idOf={({ name }) => name}
      columns={[
        { id: 'name', title: 'Over the window', cell: ({ name }) => name },
        { id: 'is', title: 'As it is', numeric: true, cell: ({ is }) => is },
        {
          id: 'would',
          title: 'With the change',
          numeric: true,
          cell: ({ would }) => <strong>{would}</strong>,
        },
      ]}
    />
  );
};

function timesOf(fired: number | undefined): string {
  if (fired === undefined) return NOT_OBSERVED;
  return fired === 1 ? 'once' : `${formatCount(fired)} times`;
}
