import { useId } from 'react';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { formatDuration } from '../components/format';

const CHOICES_MS = [1_000, 10_000, 60_000, 600_000, 3_600_000];
const ANY = '';

/** A filter by least duration. */
export const DurationField = (props: {
  minWallMs: number | undefined;
  onChange: (minWallMs: number | undefined) => void;
}) => {
  const { minWallMs } = props;
  const id = useId();
  const choices = new Set(CHOICES_MS);
  // A bar of the histogram can have chosen another.
  if (minWallMs) choices.add(minWallMs);
  return (
    <TextField
      id={id}
      select
      size="small"
      variant="outlined"
      label="Duration"
      style={{ width: 130 }}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ displayEmpty: true }}
      value={minWallMs ? String(minWallMs) : ANY}
      onChange={event => {
        const chosen = Number(event.target.value);
        props.onChange(chosen > 0 ? chosen : undefined);
      }}
    >
      <MenuItem value={ANY}>any</MenuItem>
      {[...choices]
        .sort((a, b) => a - b)
        .map(ms => (
          <MenuItem key={ms} value={String(ms)}>
            ≥ {formatDuration(ms)}
          </MenuItem>
        ))}
    </TextField>
  );
};
