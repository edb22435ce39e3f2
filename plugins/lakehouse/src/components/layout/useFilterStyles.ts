import { makeStyles } from '@material-ui/core/styles';

/** The look of the bar of filters above a list. */
export const useFilterStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.25, 1),
    padding: theme.spacing(1.5, 2),
  },
  group: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
  chip: { margin: 0 },
}));
