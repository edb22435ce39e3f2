import type { ReactNode } from 'react';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import type { HealthStatus } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount } from '../components/format';
import { DebouncedTextField } from '../components/layout';
import { HEALTH_ORDER, HEALTH_WORDS } from '../components/status';
import type { TableCounts } from './useTables';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.25, 1),
    padding: theme.spacing(1.5, 2),
  },
  group: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
  chip: { margin: 0 },
}));

/** Filters of the list of tables. */
export const TableFilters = (props: {
  text?: string;
  status?: HealthStatus;
  counts?: TableCounts;
  onText: (text: string | undefined) => void;
  onStatus: (status: HealthStatus | undefined) => void;
  children?: ReactNode;
}) => {
  const classes = useStyles();
  return (
    <div className={classes.root} role="search" aria-label="Filter tables">
      <div className={classes.group} role="group" aria-label="Status">
        {HEALTH_ORDER.map(status => {
          const on = props.status === status;
          const count = props.counts
            ? ` ${formatCount(props.counts[status])}`
            : '';
          return (
            <Chip
              key={status}
              size="small"
              className={classes.chip}
              label={`${HEALTH_WORDS[status]}${count}`}
              color={on ? 'primary' : 'default'}
              variant={on ? 'default' : 'outlined'}
              aria-pressed={on}
              onClick={() => props.onStatus(on ? undefined : status)}
            />
          );
        })}
      </div>
      {props.children}
      <DebouncedTextField
        label="Name"
        value={props.text ?? ''}
        width={220}
        onChange={text => props.onText(text || undefined)}
      />
    </div>
  );
};
