import { useState } from 'react';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';
import Button from '@material-ui/core/Button';
import FileCopyOutlinedIcon from '@material-ui/icons/FileCopyOutlined';

const SAID_FOR_MS = 3_000;

/** Copies a text that is made when it is asked for. */
export function CopyMarkdownButton({ markdown }: { markdown(): string }) {
  const [result, copy] = useCopyToClipboard();
  const [said, setSaid] = useState(false);
  const words = result.error ? 'Not copied: no clipboard' : 'Copied';
  return (
    <Button
      size="small"
      variant="outlined"
      startIcon={<FileCopyOutlinedIcon fontSize="inherit" />}
      onClick={() => {
        copy(markdown());
        setSaid(true);
        setTimeout(() => setSaid(false), SAID_FOR_MS);
      }}
    >
      <span aria-live="polite">{said ? words : 'Copy as Markdown'}</span>
    </Button>
  );
}
