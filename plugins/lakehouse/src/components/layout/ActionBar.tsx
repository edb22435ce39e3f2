import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

/** Buttons and links side by side. */
export const ActionBar = (props: { children: ReactNode }) => (
  <div className={useStyles().root}>{props.children}</div>
);
