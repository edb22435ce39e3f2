import type { PropsWithChildren } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(3) },
  title: {
    marginBottom: theme.spacing(1),
    color: theme.palette.text.secondary,
    fontWeight: 500,
  },
}));

/** A titled part of the drawer. */
export function Section(props: PropsWithChildren<{ title: string }>) {
  const classes = useStyles();
  return (
    <section className={classes.root} aria-label={props.title}>
      <Typography variant="subtitle2" component="h3" className={classes.title}>
        {props.title}
      </Typography>
      {props.children}
    </section>
  );
}
