import { ReactNode, useContext } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { HeadingLevel } from '../layout/HeadingLevel';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    gap: theme.spacing(2),
    padding: theme.spacing(3, 2),
    maxWidth: 760,
  },
  icon: { color: theme.palette.text.secondary, flexShrink: 0, lineHeight: 0 },
  body: {
    display: 'grid',
    gap: theme.spacing(1),
    minWidth: 0,
    justifyItems: 'start',
  },
  message: { overflowWrap: 'anywhere' },
}));

/** An icon, what is the case, and what to do about it. */
export const NoticeBox = (props: {
  state: 'denied' | 'not-configured' | 'error';
  icon: ReactNode;
  title: string;
  message: string;
  children?: ReactNode;
}) => {
  const classes = useStyles();
  const level = useContext(HeadingLevel);
  return (
    <section
      className={classes.root}
      data-state={props.state}
      aria-label={props.title}
    >
      <div className={classes.icon} aria-hidden>
        {props.icon}
      </div>
      <div className={classes.body}>
        <Typography variant="subtitle1" component={level}>
          {props.title}
        </Typography>
        <Typography variant="body2" className={classes.message}>
          {props.message}
        </Typography>
        {props.children}
      </div>
    </section>
  );
};
