import { useEffect, useId, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import TextField from '@material-ui/core/TextField';

const SETTLE_MS = 300;

/** A text field that tells its value when the typing pauses. */
export const DebouncedTextField = (props: {
  label: string;
  value: string;
  width?: number;
  placeholder?: string;
  onChange: (value: string) => void;
}) => {
  const { value, onChange } = props;
  const id = useId();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useDebounce(
    () => {
      if (text !== value) onChange(text);
    },
    SETTLE_MS,
    [text],
  );
  return (
    <TextField
      id={id}
      size="small"
      variant="outlined"
      margin="none"
      label={props.label}
      placeholder={props.placeholder}
      value={text}
      onChange={event => setText(event.target.value)}
      style={{ width: props.width }}
      InputLabelProps={{ shrink: true }}
    />
  );
};
