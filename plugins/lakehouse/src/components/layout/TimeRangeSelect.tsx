import Chip from '@material-ui/core/Chip';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { isTimeRangeName, TIME_RANGES, TimeRange } from '../../url';
import { formatClock } from '../format';

const FIXED = 'fixed';

const labelOf = (range: TimeRange) =>
  range.kind === 'recent' ? TIME_RANGES[range.name].label : 'chosen time';

/** Which span of time is shown. */
export const TimeRangeSelect = (props: {
  range: TimeRange;
  onChange: (range: TimeRange) => void;
}) => {
  const { range, onChange } = props;
  return (
    <>
      {range.kind === 'fixed' && (
        <Chip
          size="small"
          label={`${formatClock(range.from)} – ${formatClock(range.to)}`}
          style={{ margin: 0 }}
          onDelete={() => onChange({ kind: 'recent', name: '1h' })}
        />
      )}
      <TextField
        select
        size="small"
        variant="standard"
        InputProps={{ disableUnderline: true }}
        SelectProps={{
          SelectDisplayProps: { 'aria-label': `Time range: ${labelOf(range)}` },
        }}
        value={range.kind === 'recent' ? range.name : FIXED}
        onChange={event => {
          const name = event.target.value;
          if (isTimeRangeName(name)) onChange({ kind: 'recent', name });
        }}
      >
        {range.kind === 'fixed' && (
          <MenuItem value={FIXED}>chosen time</MenuItem>
        )}
        {Object.entries(TIME_RANGES).map(([name, { label }]) => (
          <MenuItem key={name} value={name}>
            {label}
          </MenuItem>
        ))}
      </TextField>
    </>
  );
};
