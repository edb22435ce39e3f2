import { useId } from 'react';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import {
  RISKS,
  type RunbookSummary,
} from '@lakehouse-ops/plugin-runbooks-common';
import { FilterBar } from '../layout/FilterBar';
import { systemsOf, type CatalogueView } from './catalogueUrl';

const ANY = '';

const useStyles = makeStyles({
  search: { flex: '1 1 220px', maxWidth: 420 },
  select: { minWidth: 120 },
});

function Choice(props: {
  label: string;
  value: string;
  options: ReadonlyArray<{ value: string; label: string }>;
  onChange(value: string): void;
}) {
  const classes = useStyles();
  const id = useId();
  const { label, value, options } = props;
  // One that a link asks for and that is gone is still shown, to be taken back.
  const all =
    value && !options.some(one => one.value === value)
      ? [...options, { value, label: value }]
      : options;
  if (all.length === 0) return null;
  return (
    <TextField
      select
      id={id}
      size="small"
      variant="outlined"
      label={label}
      className={classes.select}
      value={value}
      onChange={event => props.onChange(event.target.value)}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ displayEmpty: true }}
    >
      <MenuItem value={ANY}>any</MenuItem>
      {all.map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}

const asOptions = (values: readonly string[]) =>
  [...new Set(values)].sort().map(value => ({
    value,
    label: value.replace(/^group:(default\/)?/, ''),
  }));

/** Narrows the catalogue. Only what some runbook has can be chosen. */
export function CatalogueFilters(props: {
  runbooks: readonly RunbookSummary[];
  view: CatalogueView;
  onChange(part: Partial<CatalogueView>): void;
}) {
  const classes = useStyles();
  const searchId = useId();
  const { runbooks, view, onChange } = props;
  const set = [
    view.text,
    view.kind,
    view.system,
    view.risk,
    view.owner,
    view.tag,
  ].filter(Boolean).length;
  return (
    <FilterBar label="Runbooks" set={set}>
      <TextField
        id={searchId}
        size="small"
        variant="outlined"
        type="search"
        label="Search"
        className={classes.search}
        value={view.text}
        onChange={event => onChange({ text: event.target.value })}
        InputLabelProps={{ shrink: true }}
      />
      <Choice
        label="Kind"
        value={view.kind ?? ANY}
        options={[
          { value: 'runbook', label: 'runbook file' },
          { value: 'action', label: 'single action' },
        ]}
        onChange={kind =>
          onChange({
            kind: kind === 'action' || kind === 'runbook' ? kind : undefined,
          })
        }
      />
      <Choice
        label="System"
        value={view.system}
        options={asOptions(
          runbooks.filter(({ kind }) => kind !== 'runbook').flatMap(systemsOf),
        )}
        onChange={system => onChange({ system })}
      />
      <Choice
        label="Risk"
        value={view.risk ?? ANY}
        options={RISKS.map(value => ({ value, label: value }))}
        onChange={risk => onChange({ risk: RISKS.find(one => one === risk) })}
      />
      <Choice
        label="Owner"
        value={view.owner}
        options={asOptions(runbooks.flatMap(({ owner }) => owner ?? []))}
        onChange={owner => onChange({ owner })}
      />
      <Choice
        label="Tag"
        value={view.tag}
        options={asOptions(runbooks.flatMap(({ tags }) => tags ?? []))}
        onChange={tag => onChange({ tag })}
      />
    </FilterBar>
  );
}
