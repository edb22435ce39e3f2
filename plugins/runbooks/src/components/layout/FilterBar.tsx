import { useId, useState, type PropsWithChildren } from 'react';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { makeStyles, type Theme } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(2) },
  fields: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
    '&[hidden]': { display: 'none' },
  },
}));

/** What narrows a list. On a phone it is folded away, so that the list comes first. */
export function FilterBar(
  props: PropsWithChildren<{
    label: string;
    /** How many filters are set. */
    set: number;
  }>,
) {
  const classes = useStyles();
  const fieldsId = useId();
  const phone = useMediaQuery<Theme>(theme => theme.breakpoints.down('xs'));
  const [open, setOpen] = useState(false);
  const shown = open || !phone;
  return (
    <Paper className={classes.root} role="search" aria-label={props.label}>
      {phone && (
        <Button
          fullWidth
          aria-expanded={open}
          aria-controls={fieldsId}
          onClick={() => setOpen(!open)}
        >
          {props.set > 0 ? `Filters (${props.set} set)` : 'Filters'}
        </Button>
      )}
      <div id={fieldsId} className={classes.fields} hidden={!shown}>
        {props.children}
      </div>
    </Paper>
  );
}
