import type { PropsWithChildren } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    flex: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2, 3),
    borderTop: `1px solid ${theme.palette.divider}`,
    // What went wrong stands above the buttons, whatever comes first.
    '& > .MuiAlert-root': { flexBasis: '100%', order: -1 },
  },
}));

/** Stays in view at the bottom, with the ways out and on. */
export function DrawerFooter(props: PropsWithChildren<{ onClose(): void }>) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Button onClick={props.onClose}>Close</Button>
      {props.children}
    </div>
  );
}
