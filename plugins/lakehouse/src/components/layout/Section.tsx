import { ReactNode, useContext } from 'react';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { HeadingLevel } from './HeadingLevel';

const useStyles = makeStyles(theme => ({
  root: { minWidth: 0, overflow: 'hidden' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2, 0.5),
  },
  title: { fontSize: '0.875rem', fontWeight: 600 },
  padded: { padding: theme.spacing(1.5, 2) },
}));

/** A box with a title. */
export const Section = (props: {
  title?: string;
  note?: ReactNode;
  /** Leave room round the content; not for tables, which fill the box. */
  padded?: boolean;
  children: ReactNode;
}) => {
  const classes = useStyles();
  const level = useContext(HeadingLevel);
  return (
    <Paper variant="outlined" className={classes.root}>
      {props.title && (
        <div className={classes.head}>
          <Typography component={level} className={classes.title}>
            {props.title}
          </Typography>
          {props.note && (
            <Typography
              variant="caption"
              color="textSecondary"
              component="span"
            >
              {props.note}
            </Typography>
          )}
        </div>
      )}
      <div className={props.padded ? classes.padded : undefined}>
        {props.children}
      </div>
    </Paper>
  );
};
