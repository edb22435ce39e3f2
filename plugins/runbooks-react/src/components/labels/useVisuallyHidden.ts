import { makeStyles } from '@material-ui/core/styles';

/** A class for text that is there for screen readers only. */
export const useVisuallyHidden = makeStyles({
  root: {
    position: 'absolute',
    width: 1,
    height: 1,
    margin: -1,
    padding: 0,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
    whiteSpace: 'nowrap',
    border: 0,
  },
});
