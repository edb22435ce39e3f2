import type { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { HealthStatus } from '@lakehouse-ops/plugin-lakehouse-common';
import { Fact, FactGrid } from '../components/layout';
import { StatusMark } from '../components/status';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    fontFamily: theme.typography.fontFamily,
  },
}));

/** Status, sentence and figures of an overview card. */
export const CardSummary = (props: {
  status: HealthStatus;
  sentence: string;
  facts: readonly Fact[];
  children?: ReactNode;
}) => (
  <div className={useStyles().root}>
    <StatusMark status={props.status} size={13} />
    <Typography variant="body1">{props.sentence}</Typography>
    <FactGrid facts={props.facts} />
    {props.children}
  </div>
);
