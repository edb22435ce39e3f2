import { Link } from '@backstage/core-components';
import type {
  HealthStatus,
  SloAlert,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { CodeText, formatClock, RelativeTime } from '../../components/format';
import { DataTable, useTableStyles } from '../../components/layout';
import { EmptyNote } from '../../components/states';
import { StatusMark } from '../../components/status';

const STATES: Record<
  SloAlert['state'],
  { status: HealthStatus; word: string }
> = {
  firing: { status: 'breached', word: 'Firing' },
  pending: { status: 'at-risk', word: 'Pending' },
  resolved: { status: 'healthy', word: 'Resolved' },
};

const RESOLUTIONS: Record<NonNullable<SloAlert['resolution']>, string> = {
  recovered: 'the burn stopped',
  'definition-changed': 'its definition changed',
  removed: 'its definition went away',
};

const DELIVERIES: Record<
  SloAlert['deliveries'][number]['state'],
  { status: HealthStatus; word: string }
> = {
  sent: { status: 'healthy', word: 'sent' },
  waiting: { status: 'unknown', word: 'waiting' },
  failed: { status: 'breached', word: 'failed' },
  silenced: { status: 'unknown', word: 'silenced' },
};

/** Alerts that fired, newest first, and who was told. */
export const AlertHistory = (props: {
  alerts: readonly SloAlert[];
  /** Shows the moment at which one fired. */
  momentPath: (at: string) => string;
}) => {
  const classes = useTableStyles();
  if (props.alerts.length === 0) {
    return <EmptyNote text="No alert fired." />;
  }
  return (
    <DataTable
      label="Alerts"
      minWidth={760}
      rows={props.alerts}
      idOf={({ id }) => id}
      columns={[
        {
          id: 'state',
          title: 'State',
          width: 110,
          cell: ({ state }) => <StatusMark {...STATES[state]} />,
        },
        {
          id: 'alert',
          title: 'Alert',
          width: 130,
          overflow: 'wrap',
          cell: ({ condition, severity }) => `${condition} (${severity})`,
        },
        {
          id: 'fired',
          title: 'Fired',
          width: 150,
          cell: ({ firedAt, pendingAt, resolvedAt }) => (
            <>
              <Link to={props.momentPath(firedAt ?? pendingAt)}>
                <RelativeTime time={firedAt ?? pendingAt} />
              </Link>
              {resolvedAt && (
                <>
                  <br />
                  <span className={classes.muted}>
                    until {formatClock(resolvedAt)}
                  </span>
                </>
              )}
            </>
          ),
        },
        {
          id: 'why',
          title: 'Why',
          overflow: 'wrap',
          cell: ({ explanation, resolution }) => (
            <>
              <CodeText text={explanation} />
              {resolution && (
                <span className={classes.muted}>
                  {' '}
                  Ended: {RESOLUTIONS[resolution]}.
                </span>
              )}
            </>
          ),
        },
        {
          id: 'told',
          title: 'Told',
          width: 200,
          overflow: 'wrap',
          cell: ({ deliveries }) =>
            deliveries.map(({ target, state, at, error }) => (
              <div key={target}>
                <StatusMark
                  status={DELIVERIES[state].status}
                  word={`${target}: ${DELIVERIES[state].word}`}
                  reason={at && formatClock(at)}
                  size={9}
                />
                {error && (
                  <div className={classes.muted} role="note">
                    {error}
                  </div>
                )}
              </div>
            )),
        },
      ]}
    />
  );
};
