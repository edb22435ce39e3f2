import { useId, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import type {
  SloCorrection,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { sloApiRef } from '../../api';
import { Columns } from '../../components/layout';
import { fromFieldTime, toFieldTime } from './localTime';
import { ReasonDialog } from './ReasonDialog';
import { TimeField } from './TimeField';

const HOUR_MS = 3_600_000;
const ALL = '';

const KINDS: Record<SloCorrection['kind'], string> = {
  maintenance: 'Planned maintenance',
  correction: 'Correction: it was measured wrongly',
};

/** Takes a time out of the budget of an SLO, with a reason. */
export const TimeOutDialog = (props: {
  slo: Pick<SloView, 'id' | 'title' | 'objectives'>;
  /** The moment that the reader looks at. */
  at?: string;
  onDone: () => void;
  onClose: () => void;
}) => {
  const { slo, at, onDone } = props;
  const api = useApi(sloApiRef);
  const id = useId();
  const [kind, setKind] = useState<SloCorrection['kind']>('maintenance');
  const [objective, setObjective] = useState(ALL);
  const [start, setStart] = useState(() =>
    toFieldTime(at ? new Date(at) : new Date(Date.now() - HOUR_MS)),
  );
  const [end, setEnd] = useState(() =>
    toFieldTime(at ? new Date(Date.parse(at) + HOUR_MS) : new Date()),
  );
  const from = fromFieldTime(start);
  const to = fromFieldTime(end);
  return (
    <ReasonDialog
      title={`Take time out of “${slo.title}”`}
      explanation="What happened in this time counts for nothing: neither good nor bad, in the budget, the burn rates and the alerts. It stays visible in the charts with your name and reason, and can be undone."
      action="Take time out"
      problem={problemOf(from, to)}
      onClose={props.onClose}
      onConfirm={async reason => {
        if (!from || !to) return;
        await api.addSloCorrection(slo.id, {
          from,
          to,
          kind,
          reason,
          ...(objective === ALL ? {} : { objective }),
        });
        onDone();
      }}
    >
      <TextField
        id={`${id}-kind`}
        select
        label="Why it does not count"
        variant="outlined"
        size="small"
        margin="none"
        value={kind}
        InputLabelProps={{ shrink: true }}
        onChange={event =>
          setKind(
            event.target.value === 'correction' ? 'correction' : 'maintenance',
          )
        }
      >
        {Object.entries(KINDS).map(([value, label]) => (
          <MenuItem key={value} value={value}>
            {label}
          </MenuItem>
        ))}
      </TextField>
      <Columns minWidth={200}>
        <TimeField label="From" value={start} onChange={setStart} />
        <TimeField label="To" value={end} onChange={setEnd} />
      </Columns>
      {slo.objectives.length > 1 && (
        <TextField
          id={`${id}-objective`}
          select
          label="Objective"
          variant="outlined"
          size="small"
          margin="none"
          value={objective}
          InputLabelProps={{ shrink: true }}
          SelectProps={{ displayEmpty: true }}
          onChange={event => setObjective(event.target.value)}
        >
          <MenuItem value={ALL}>all</MenuItem>
          {slo.objectives.map(({ objective: { key, displayName } }) => (
            <MenuItem key={key} value={key}>
              {displayName ?? `Objective ${key}`}
            </MenuItem>
          ))}
        </TextField>
      )}
    </ReasonDialog>
  );
};

function problemOf(
  from: string | undefined,
  to: string | undefined,
): string | undefined {
  if (!from) return 'From: give a date and a time.';
  if (!to) return 'To: give a date and a time.';
  return from < to ? undefined : 'To: choose a time after the beginning.';
}
