import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(1, 2, 1.5) },
}));

/** Room round something beside tables, which fill their box. */
export const Padded = (props: { children: ReactNode }) => (
  <div className={useStyles().root}>{props.children}</div>
);
