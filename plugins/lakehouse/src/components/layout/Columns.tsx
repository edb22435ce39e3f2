import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: (props: { minWidth: number }) =>
      `repeat(auto-fit, minmax(min(100%, ${props.minWidth}px), 1fr))`,
    '& > *': { minWidth: 0 },
  },
}));

/** Things side by side while each has this much room, else under each other. */
export const Columns = (props: { minWidth: number; children: ReactNode }) => (
  <div className={useStyles({ minWidth: props.minWidth }).root}>
    {props.children}
  </div>
);
