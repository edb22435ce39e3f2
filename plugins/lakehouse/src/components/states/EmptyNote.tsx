import type { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(3, 2),
  },
}));

/** There is nothing, and that is fine: a plain sentence and one thing to do. */
export const EmptyNote = (props: { text: string; action?: ReactNode }) => {
  const classes = useStyles();
  return (
    <div className={classes.root} data-state="empty">
      <Typography variant="body2" color="textSecondary">
        {props.text}
      </Typography>
      {props.action}
    </div>
  );
};
