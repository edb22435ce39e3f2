import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import NotificationsOffIcon from '@material-ui/icons/NotificationsOffOutlined';
import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { DueTime, formatDateTime } from '../../components/format';
import { hatching, StaleChip } from '../../components/states';
import { useLakehouseColors } from '../../components/useLakehouseColors';
import { countedFrom } from './sloFacts';

const useStyles = makeStyles(theme => ({
  box: {
    padding: theme.spacing(1, 1.5),
    borderLeft: '3px solid',
    borderRadius: theme.shape.borderRadius,
  },
  silenced: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    fontSize: theme.typography.body2.fontSize,
  },
  icon: { fontSize: '1.1rem' },
  progress: { marginTop: theme.spacing(0.75), maxWidth: 360 },
}));

/** What must be known before the figures of an SLO are believed; nothing when they simply stand. */
export const SloNotes = (props: { slo: SloView }) => {
  const { slo } = props;
  const classes = useStyles();
  const colors = useLakehouseColors();
  const from = countedFrom(slo);
  return (
    <>
      {slo.data === 'stale' && slo.lastDataAt && (
        <div>
          <StaleChip
            asOf={slo.lastDataAt}
            reason="nothing was observed since; the budget stands still and alerts are frozen"
          />
        </div>
      )}
      {slo.data === 'no-data' && (
        <div
          className={classes.box}
          style={{
            borderColor: colors.hatch,
            backgroundImage: hatching(colors.hatch),
          }}
          role="note"
          data-state="no-data"
        >
          <Typography variant="body2">
            <strong>No data in this window.</strong> There is nothing to count,
            so nothing is claimed: no attainment, no budget, no alert. Look
            whether the indicator’s filters fit what really runs.
          </Typography>
        </div>
      )}
      {slo.data === 'backfilling' && (
        <div
          className={classes.box}
          style={{ borderColor: colors.accent }}
          role="status"
          data-state="backfilling"
        >
          <Typography variant="body2">
            <strong>The past is being counted.</strong>{' '}
            {from
              ? `Figures are of what is since ${formatDateTime(
                  from,
                )}; what was before follows by itself, as far as it was kept.`
              : 'Figures follow by themselves.'}
          </Typography>
          <LinearProgress
            className={classes.progress}
            aria-label="The past is being counted"
          />
        </div>
      )}
      {slo.silencedUntil && (
        <div className={classes.silenced} role="note">
          <NotificationsOffIcon className={classes.icon} aria-hidden />
          <span>
            Alerts are silenced until <DueTime time={slo.silencedUntil} />
          </span>
        </div>
      )}
    </>
  );
};
