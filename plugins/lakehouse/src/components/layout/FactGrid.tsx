import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(125px, 1fr))',
    gap: theme.spacing(1.5, 2),
    margin: 0,
  },
  name: {
    fontSize: theme.typography.caption.fontSize,
    color: theme.palette.text.secondary,
  },
  value: {
    margin: 0,
    fontSize: theme.typography.body2.fontSize,
    fontVariantNumeric: 'tabular-nums',
    overflowWrap: 'anywhere',
  },
}));

/** One fact: a name and what it is. */
export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names and values in a grid. */
export const FactGrid = (props: { facts: readonly Fact[] }) => {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      {props.facts.map(fact => (
        <div key={fact.name}>
          <dt className={classes.name}>{fact.name}</dt>
          <dd className={classes.value}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
};
