import { useId } from 'react';
import TextField from '@material-ui/core/TextField';

/** A date and a time in the viewer's zone. */
export const TimeField = (props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) => (
  <TextField
    id={useId()}
    type="datetime-local"
    label={props.label}
    variant="outlined"
    size="small"
    margin="none"
    value={props.value}
    InputLabelProps={{ shrink: true }}
    onChange={event => props.onChange(event.target.value)}
  />
);
