import { useEffect, useId, useRef, useState } from 'react';
import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import type { RunbookSummary } from '@lakehouse-ops/plugin-runbooks-common';
import { RunStateChip } from '@lakehouse-ops/plugin-runbooks-react';
import { FilterBar } from '../layout/FilterBar';
import { RUN_STATES, type RunListView } from './runListUrl';

const TYPING_PAUSE_MS = 400;

const useStyles = makeStyles({
  select: { flex: '1 1 120px', maxWidth: 200 },
  person: { flex: '1 1 120px', maxWidth: 200 },
  target: { flex: '1 1 200px', maxWidth: 320 },
});

/** A text field that tells its value when the typing pauses. */
function PausingTextField(props: {
  label: string;
  placeholder: string;
  className?: string;
  value: string;
  onChange(value: string): void;
}) {
  const { label, placeholder, className, value, onChange } = props;
  // Without an id the label would not belong to the field.
  const id = useId();
  const [typed, setTyped] = useState(value);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    const trimmed = typed.trim();
    if (trimmed === value) return undefined;
    const timer = setTimeout(() => latest.current(trimmed), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <TextField
      id={id}
      size="small"
      variant="outlined"
      className={className}
      label={label}
      placeholder={placeholder}
      InputLabelProps={{ shrink: true }}
      value={typed}
      onChange={event => setTyped(event.target.value)}
    />
  );
}

/** Narrows the list of runs. */
export function RunFilters(props: {
  view: RunListView;
  runbooks: readonly RunbookSummary[];
  /** The viewer, for finding their own runs. */
  viewer?: string;
  onChange(change: Partial<RunListView>): void;
}) {
  const classes = useStyles();
  const { view, runbooks, viewer, onChange } = props;
  const fieldId = useId();
  const set = [
    view.states.length,
    view.runbookId,
    view.startedBy,
    view.target,
    view.entity,
  ].filter(Boolean).length;
  const offered = runbooks.some(({ id }) => id === view.runbookId)
    ? runbooks
    : [...runbooks, { id: view.runbookId, title: view.runbookId }];
  return (
    <FilterBar label="Filter runs" set={set}>
      <TextField
        select
        id={`${fieldId}-state`}
        size="small"
        variant="outlined"
        className={classes.select}
        label="State"
        InputLabelProps={{ shrink: true }}
        SelectProps={{
          multiple: true,
          displayEmpty: true,
          renderValue: () =>
            view.states.length ? view.states.join(', ') : 'any',
        }}
        value={view.states}
        onChange={({ target }) => {
          const chosen: unknown = target.value;
          const states = Array.isArray(chosen) ? chosen : [];
          onChange({ states: RUN_STATES.filter(s => states.includes(s)) });
        }}
      >
        {RUN_STATES.map(state => (
          <MenuItem key={state} value={state}>
            <RunStateChip state={state} />
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        id={`${fieldId}-runbook`}
        size="small"
        variant="outlined"
        className={classes.select}
        label="Runbook"
        InputLabelProps={{ shrink: true }}
        SelectProps={{ displayEmpty: true }}
        value={view.runbookId}
        onChange={({ target }) => onChange({ runbookId: target.value })}
      >
        <MenuItem value="">any</MenuItem>
        {offered
          .filter(({ id }) => id !== '')
          .map(({ id, title }) => (
            <MenuItem key={id} value={id}>
              {title}
            </MenuItem>
          ))}
      </TextField>
      <PausingTextField
        label="Started by"
        placeholder="anybody"
        className={classes.person}
        value={view.startedBy}
        onChange={startedBy => onChange({ startedBy })}
      />
      <PausingTextField
        label="Target"
        placeholder="query id, or full table name"
        className={classes.target}
        value={view.target}
        onChange={target => onChange({ target })}
      />
      <PausingTextField
        label="Entity"
        placeholder="resource:default/orders"
        className={classes.target}
        value={view.entity}
        onChange={entity => onChange({ entity })}
      />
      {viewer && viewer !== view.startedBy && (
        <Button size="small" onClick={() => onChange({ startedBy: viewer })}>
          Only mine
        </Button>
      )}
      {set > 0 && (
        <Button
          size="small"
          onClick={() =>
            onChange({
              states: [],
              runbookId: '',
              startedBy: '',
              target: '',
              entity: '',
            })
          }
        >
          Show all
        </Button>
      )}
    </FilterBar>
  );
}
