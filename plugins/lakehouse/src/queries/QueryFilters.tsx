import Button from '@material-ui/core/Button';
import Chip from '@material-ui/core/Chip';
import LockIcon from '@material-ui/icons/LockOutlined';
import type {
  QuerySelector,
  QueryStats,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatDuration } from '../components/format';
import { DebouncedTextField, useFilterStyles } from '../components/layout';
import { isEmptyFilter, QueryListFilter } from '../url';
import { DurationField } from './DurationField';
import { FacetField } from './FacetField';
import { STATE_GROUPS, toggleStates } from './stateGroups';

interface QueryFiltersProps {
  readonly filter: QueryListFilter;
  /** What the entity dictates: shown, but not to be changed. */
  readonly fixed: QuerySelector & { table?: string };
  readonly facets?: QueryStats['facets'];
  readonly onChange: (
    filter: QueryListFilter,
    options?: { replace?: boolean },
  ) => void;
}

const FIXED_LABELS: Record<string, string> = {
  user: 'user',
  source: 'source',
  clientTag: 'tag',
  resourceGroup: 'group',
  table: 'table',
};

/** All filters of the list of queries. */
export const QueryFilters = (props: QueryFiltersProps) => {
  const { filter, fixed, facets, onChange } = props;
  const classes = useFilterStyles();
  const states = filter.states ?? [];
  const set = (part: QueryListFilter) => onChange({ ...filter, ...part });
  return (
    <div className={classes.bar} role="search" aria-label="Filter queries">
      <div className={classes.group} role="group" aria-label="State">
        {STATE_GROUPS.map(group => {
          const on = group.states.some(state => states.includes(state));
          return (
            <Chip
              key={group.label}
              size="small"
              className={classes.chip}
              label={group.label}
              color={on ? 'primary' : 'default'}
              variant={on ? 'default' : 'outlined'}
              aria-pressed={on}
              onClick={() => {
                const next = toggleStates(states, group.states);
                set({ states: next.length > 0 ? next : undefined });
              }}
            />
          );
        })}
      </div>
      {Object.entries(fixed).map(([name, value]) =>
        value ? (
          <Chip
            key={name}
            size="small"
            className={classes.chip}
            icon={<LockIcon />}
            label={`${FIXED_LABELS[name] ?? name} ${value}`}
            title="Set by this entity's annotations"
          />
        ) : null,
      )}
      {!fixed.user && (
        <FacetField
          label="User"
          value={filter.user}
          facets={facets?.users ?? []}
          onChange={user => set({ user })}
        />
      )}
      {!fixed.source && (
        <FacetField
          label="Source"
          value={filter.source}
          facets={facets?.sources ?? []}
          onChange={source => set({ source })}
        />
      )}
      {!fixed.table && (
        <FacetField
          label="Table"
          value={filter.table}
          facets={facets?.tables ?? []}
          onChange={table => set({ table })}
        />
      )}
      <FacetField
        label="Error"
        value={filter.error}
        facets={facets?.errors ?? []}
        onChange={error => set({ error })}
      />
      {!fixed.resourceGroup && (
        <FacetField
          label="Resource group"
          value={filter.resourceGroup}
          facets={facets?.resourceGroups ?? []}
          onChange={resourceGroup => set({ resourceGroup })}
        />
      )}
      <DurationField
        minWallMs={filter.minWallMs}
        onChange={minWallMs => set({ minWallMs, maxWallMs: undefined })}
      />
      <DebouncedTextField
        label="Text or id"
        value={filter.text ?? ''}
        width={170}
        onChange={text =>
          onChange({ ...filter, text: text || undefined }, { replace: true })
        }
      />
      {filter.maxWallMs !== undefined && (
        <Chip
          size="small"
          className={classes.chip}
          label={`under ${formatDuration(filter.maxWallMs)}`}
          onDelete={() => set({ maxWallMs: undefined })}
        />
      )}
      {filter.clientTag && !fixed.clientTag && (
        <Chip
          size="small"
          className={classes.chip}
          label={`tag ${filter.clientTag}`}
          onDelete={() => set({ clientTag: undefined })}
        />
      )}
      {!isEmptyFilter(filter) && (
        <Button size="small" onClick={() => onChange({})}>
          Clear filters
        </Button>
      )}
    </div>
  );
};
