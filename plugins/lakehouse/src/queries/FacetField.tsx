import { useId } from 'react';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import Autocomplete from '@material-ui/lab/Autocomplete';
import type { Facet } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount } from '../components/format';

const useStyles = makeStyles(theme => ({
  root: { width: 170 },
  option: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    width: '100%',
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  count: { color: theme.palette.text.secondary },
}));

/** A filter by one value: one of the most frequent, or any that is typed. */
export const FacetField = (props: {
  label: string;
  value: string | undefined;
  facets: readonly Facet[];
  onChange: (value: string | undefined) => void;
}) => {
  const classes = useStyles();
  const id = useId();
  return (
    <Autocomplete
      id={id}
      freeSolo
      size="small"
      className={classes.root}
      options={props.facets.map(facet => facet.value)}
      value={props.value ?? null}
      onChange={(_, value) => props.onChange(value?.trim() || undefined)}
      renderOption={option => (
        <span className={classes.option}>
          {option}
          <span className={classes.count}>
            {formatCount(
              props.facets.find(facet => facet.value === option)?.count,
            )}
          </span>
        </span>
      )}
      renderInput={params => (
        <TextField
          {...params}
          label={props.label}
          variant="outlined"
          InputLabelProps={{ shrink: true }}
        />
      )}
    />
  );
};
