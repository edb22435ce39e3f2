import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  // A column that can shrink: else wide tables would widen the page.
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
    // The body of an app need not have the theme's font.
    fontFamily: theme.typography.fontFamily,
  },
}));

/** Things under each other with equal room between. */
export const Stack = (props: { children: ReactNode }) => (
  <div className={useStyles().root}>{props.children}</div>
);
