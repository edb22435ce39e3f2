import { useId, type PropsWithChildren, type ReactNode } from 'react';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { TimeLeft, TimeText } from '../../labels';
import { StatusShape } from '../../labels/StatusShape';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(2, 2.5),
    borderLeft: `6px solid ${theme.palette.warning.main}`,
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(1.5) },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    columnGap: theme.spacing(3),
    marginBottom: theme.spacing(1),
  },
  title: {
    display: 'flex',
    alignItems: 'baseline',
    gap: theme.spacing(1),
    fontSize: theme.typography.pxToRem(20),
    overflowWrap: 'anywhere',
  },
  body: { '& > * + *': { marginTop: theme.spacing(1.5) } },
}));

/** What a run waits for, in a frame that can't be missed. */
export function WaitingFrame(
  props: PropsWithChildren<{
    title: ReactNode;
    since: string;
    /** It fails then. */
    until?: string;
  }>,
) {
  const classes = useStyles();
  const titleId = useId();
  const { title, since, until, children } = props;
  return (
    <Paper
      component="section"
      variant="outlined"
      className={classes.root}
      aria-labelledby={titleId}
    >
      <div className={classes.head}>
        <div role="status">
          <Typography
            variant="h6"
            component="h3"
            id={titleId}
            className={classes.title}
          >
            <StatusShape kind="waiting" />
            <span>{title}</span>
          </Typography>
        </div>
        <Typography variant="body2" color="textSecondary">
          began waiting <TimeText iso={since} />
          {until && (
            <>
              {' · '}
              <TimeLeft until={until} />
            </>
          )}
        </Typography>
      </div>
      <div className={classes.body}>{children}</div>
    </Paper>
  );
}
