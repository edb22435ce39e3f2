import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import type {
  AlertRun,
  LakehouseAlert,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { StateStrip } from '../components/charts';
import {
  DueTime,
  formatClock,
  NOT_OBSERVED,
  RelativeTime,
} from '../components/format';
import {
  ActionBar,
  DataTable,
  FactGrid,
  Section,
  SideDrawer,
  Stack,
} from '../components/layout';
import { RunbookAction } from '../components/RunbookAction';
import { EmptyNote, ResourceView, SkeletonRows } from '../components/states';
import { StatusMark } from '../components/status';
import { ALERT_STATUS, ALERT_WORDS } from './alertLooks';
import { runAlertRun } from './dashboardActions';
import { useAlert } from './useDashboards';

const timeOf = (run: AlertRun) => run.startedAt ?? run.scheduledAt;

function labelOf(run: AlertRun): string {
  const time = timeOf(run);
  const value = run.value === undefined ? '' : `, value ${run.value}`;
  return `${time ? `${formatClock(time)} ` : ''}${ALERT_WORDS[
    run.state
  ].toLocaleLowerCase('en-US')}${value}`;
}

const History = (props: { runs: readonly AlertRun[] }) => (
  <Stack>
    <StateStrip
      label="Past evaluations, oldest first"
      states={[...props.runs].reverse().map(run => ({
        id: run.id,
        status: ALERT_STATUS[run.state],
        label: labelOf(run),
      }))}
    />
    <DataTable
      label="Evaluations"
      rows={props.runs}
      idOf={({ id }) => id}
      columns={[
        {
          id: 'when',
          title: 'When',
          cell: run => <RelativeTime time={timeOf(run)} />,
        },
        {
          id: 'state',
          title: 'State',
          cell: run => (
            <StatusMark
              status={ALERT_STATUS[run.state]}
              word={ALERT_WORDS[run.state]}
            />
          ),
        },
        {
          id: 'value',
          title: 'Value',
          numeric: true,
          cell: run => run.value ?? NOT_OBSERVED,
        },
        {
          id: 'message',
          title: 'Message',
          overflow: 'wrap',
          cell: run => run.errorMessage ?? '',
        },
      ]}
    />
  </Stack>
);

const NextRun = ({ alert }: { alert: LakehouseAlert }) => {
  if (!alert.active) return <>none: it is switched off</>;
  return alert.nextRunUnknown ? (
    <>not known: {alert.nextRunUnknown}</>
  ) : (
    <DueTime time={alert.nextRunAt} />
  );
};

/** One alert with its past evaluations. */
export const AlertDrawer = (props: {
  /** As the list tells it. */
  alert: LakehouseAlert;
  entityRef?: string;
  onClose: () => void;
  onChanged: () => void;
}) => {
  const { alert } = props;
  const own = useAlert(alert.connection, alert.id);
  return (
    <SideDrawer
      open
      title={alert.name}
      subtitle={`${alert.kind === 'alert' ? 'Alert' : 'Report'} on ${
        alert.connection
      }`}
      onClose={props.onClose}
    >
      <Stack>
        <ActionBar>
          <StatusMark
            status={ALERT_STATUS[alert.state]}
            word={ALERT_WORDS[alert.state]}
          />
          <RunbookAction
            {...runAlertRun(alert)}
            entityRef={props.entityRef}
            label="Run now"
            onRunEnded={() => {
              own.refetch();
              props.onChanged();
            }}
          />
          {alert.uiUrl && <Link to={alert.uiUrl}>Open in Superset</Link>}
        </ActionBar>
        <Typography variant="body2">
          {alert.summary} (Superset says “{alert.sourceState}”.)
        </Typography>
        <FactGrid
          facts={[
            { name: 'Last value', value: alert.lastValue ?? NOT_OBSERVED },
            {
              name: 'Fires when',
              value: alert.condition
                ? `value ${alert.condition}`
                : NOT_OBSERVED,
            },
            {
              name: 'Evaluated',
              value: <RelativeTime time={alert.lastEvaluatedAt} />,
            },
            {
              name: 'Next',
              value: <NextRun alert={alert} />,
            },
            {
              name: 'Schedule',
              value: alert.crontab
                ? `${alert.crontab} (${alert.timezone ?? 'UTC'})`
                : NOT_OBSERVED,
            },
            { name: 'Owners', value: alert.owners.join(', ') || NOT_OBSERVED },
          ]}
        />
        <Section padded title="Past evaluations">
          <ResourceView
            resource={own}
            what={`history of ${alert.name}`}
            skeleton={<SkeletonRows rows={8} />}
          >
            {({ runs }) => {
              if (!runs) {
                return (
                  <EmptyNote text="The account may not read the execution log: give it read on ReportSchedule in Superset." />
                );
              }
              return runs.length > 0 ? (
                <History runs={runs} />
              ) : (
                <EmptyNote text="It was never evaluated." />
              );
            }}
          </ResourceView>
        </Section>
      </Stack>
    </SideDrawer>
  );
};
