import { useId } from 'react';
import TextField from '@material-ui/core/TextField';

/** Longer ones are not taken by the backend. */
export const MAX_COMMENT_LENGTH = 2_000;

/** A place for words that go into the audit log. */
export function CommentField(props: {
  label: string;
  value: string;
  required?: boolean;
  /** What is missing; told beside the field. */
  problem?: string;
  disabled?: boolean;
  onChange(value: string): void;
}) {
  const id = useId();
  const { label, value, required, problem, disabled, onChange } = props;
  return (
    <TextField
      id={id}
      label={label}
      value={value}
      required={required}
      error={problem !== undefined}
      helperText={problem ?? 'Goes into the audit log.'}
      disabled={disabled}
      multiline
      minRows={2}
      maxRows={8}
      fullWidth
      size="small"
      variant="outlined"
      inputProps={{ maxLength: MAX_COMMENT_LENGTH }}
      onChange={event => onChange(event.target.value)}
    />
  );
}
