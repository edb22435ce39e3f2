import type { ReactNode } from 'react';
import Chip from '@material-ui/core/Chip';
import type { HealthStatus } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount } from '../components/format';
import { DebouncedTextField, useFilterStyles } from '../components/layout';
import { HEALTH_ORDER, HEALTH_WORDS } from '../components/status';
import type { TableCounts } from './useTables';

/** Filters of the list of tables. */
export const TableFilters = (props: {
  text?: string;
  status?: HealthStatus;
  counts?: TableCounts;
  onText: (text: string | undefined) => void;
  onStatus: (status: HealthStatus | undefined) => void;
  children?: ReactNode;
}) => {
  const classes = useFilterStyles();
  return (
    <div className={classes.bar} role="search" aria-label="Filter tables">
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
