import { useId } from 'react';
import Chip from '@material-ui/core/Chip';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import type { Facet, SloList } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount } from '../../components/format';
import { DebouncedTextField, useFilterStyles } from '../../components/layout';
import { HEALTH_ORDER, HEALTH_WORDS } from '../../components/status';
import { FacetField } from '../../queries/FacetField';
import type { UrlPatch } from '../../url';
import type { SloGrouping, SloListState } from './sloListState';

const NONE = '';

/** Filters and grouping of the list of SLOs. */
export const SloFilters = (props: {
  state: SloListState;
  list?: SloList;
  onChange: (patch: UrlPatch, options?: { replace?: boolean }) => void;
}) => {
  const { state, list } = props;
  const classes = useFilterStyles();
  const id = useId();
  // Another choice begins on its first page.
  const set: typeof props.onChange = (patch, options) =>
    props.onChange({ ...patch, page: undefined }, options);
  return (
    <div className={classes.bar} role="search" aria-label="Filter SLOs">
      <div className={classes.group} role="group" aria-label="Status">
        {HEALTH_ORDER.map(status => {
          const on = state.status === status;
          const count = list ? ` ${formatCount(list.counts[status])}` : '';
          return (
            <Chip
              key={status}
              size="small"
              className={classes.chip}
              label={`${HEALTH_WORDS[status]}${count}`}
              color={on ? 'primary' : 'default'}
              variant={on ? 'default' : 'outlined'}
              aria-pressed={on}
              onClick={() => set({ status: on ? undefined : status })}
            />
          );
        })}
      </div>
      <FacetField
        label="Owner"
        value={state.owner}
        facets={list?.facets?.owners ?? seenOf(list, 'owner')}
        onChange={owner => set({ owner })}
      />
      <FacetField
        label="System"
        value={state.system}
        facets={list?.facets?.systems ?? seenOf(list, 'system')}
        onChange={system => set({ system })}
      />
      <DebouncedTextField
        label="Search"
        placeholder="name, service"
        value={state.text ?? ''}
        width={140}
        onChange={text => set({ text }, { replace: true })}
      />
      <TextField
        id={id}
        select
        size="small"
        variant="outlined"
        margin="none"
        label="Grouped by"
        style={{ width: 110 }}
        value={state.group ?? NONE}
        InputLabelProps={{ shrink: true }}
        SelectProps={{ displayEmpty: true }}
        onChange={event => set({ group: event.target.value })}
      >
        <MenuItem value={NONE}>nothing</MenuItem>
        <MenuItem value="owner">owner</MenuItem>
        <MenuItem value="system">system</MenuItem>
      </TextField>
    </div>
  );
};

/** Those of the page, where the backend does not tell all that there are. */
function seenOf(list: SloList | undefined, field: SloGrouping): Facet[] {
  const values = (list?.items ?? []).flatMap(slo => slo[field] ?? []);
  return [...new Set(values)].map(value => ({
    value,
    count: values.filter(one => one === value).length,
  }));
}
