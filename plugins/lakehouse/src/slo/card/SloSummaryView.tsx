import Typography from '@material-ui/core/Typography';
import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { makeStyles } from '@material-ui/core/styles';
import { CodeText, DueTime } from '../../components/format';
import { BurnRates } from '../figures';
import { formatLookback } from '../sloFormat';
import { SloFigures } from './SloFigures';
import { SloNotes } from './SloNotes';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(1.25), minWidth: 0 },
}));

/** What an SLO is like: figures, the sentence that explains them, and how fast its budget burns. */
export const SloSummaryView = (props: { slo: SloView }) => {
  const { slo } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <SloFigures slo={slo} />
      <SloNotes slo={slo} />
      <Typography variant="body1" component="p">
        <CodeText text={slo.sentence} />
      </Typography>
      <BurnRates readings={slo.burnRates} />
      {slo.forecast?.exhaustedAt && (slo.budget?.remaining ?? 1) > 0 && (
        <Typography variant="body2" color="textSecondary" component="p">
          Empty <DueTime time={slo.forecast.exhaustedAt} /> at the pace of the
          last {formatLookback(slo.forecast.paceMs)}
          {slo.forecast.earliest && slo.forecast.latest && (
            <>
              {'; between '}
              <DueTime time={slo.forecast.earliest} />
              {' and '}
              <DueTime time={slo.forecast.latest} />
            </>
          )}
          .
        </Typography>
      )}
    </div>
  );
};
