import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import Chip from '@material-ui/core/Chip';
import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { sloApiRef } from '../../api';
import { useFilterStyles } from '../../components/layout';
import { fromFieldTime, toFieldTime } from './localTime';
import { ReasonDialog } from './ReasonDialog';
import { TimeField } from './TimeField';

const HOUR_MS = 3_600_000;
const LENGTHS = [
  { label: '1 h', ms: HOUR_MS },
  { label: '4 h', ms: 4 * HOUR_MS },
  { label: '1 d', ms: 24 * HOUR_MS },
  { label: '7 d', ms: 168 * HOUR_MS },
];

/** Stops alerts of an SLO from being sent for a time, with a reason. */
export const SilenceDialog = (props: {
  slo: Pick<SloView, 'id' | 'title'>;
  onDone: () => void;
  onClose: () => void;
}) => {
  const { slo, onDone } = props;
  const classes = useFilterStyles();
  const api = useApi(sloApiRef);
  const [until, setUntil] = useState(() =>
    toFieldTime(new Date(Date.now() + HOUR_MS)),
  );
  const end = fromFieldTime(until);
  const problem = problemOf(end);
  return (
    <ReasonDialog
      title={`Silence alerts of “${slo.title}”`}
      explanation="Alerts are not sent until the silence ends. They are still shown here, and the budget goes on burning."
      action="Silence alerts"
      problem={problem}
      onClose={props.onClose}
      onConfirm={async reason => {
        if (!end) return;
        await api.silenceSlo(slo.id, { until: end, reason });
        onDone();
      }}
    >
      <div className={classes.group} role="group" aria-label="For how long">
        {LENGTHS.map(({ label, ms }) => (
          <Chip
            key={label}
            size="small"
            variant="outlined"
            className={classes.chip}
            label={label}
            onClick={() => setUntil(toFieldTime(new Date(Date.now() + ms)))}
          />
        ))}
      </div>
      <TimeField label="Until" value={until} onChange={setUntil} />
    </ReasonDialog>
  );
};

function problemOf(end: string | undefined): string | undefined {
  if (!end) return 'Until: give a date and a time.';
  return Date.parse(end) > Date.now()
    ? undefined
    : 'Until: choose a time that is still to come.';
}
