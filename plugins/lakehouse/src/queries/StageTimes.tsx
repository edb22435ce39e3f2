import { makeStyles } from '@material-ui/core/styles';
import type { QueryRecord } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatDuration, formatShare } from '../components/format';
import { useLakehouseColors } from '../components/useLakehouseColors';
import { queryStages } from './queryStages';
import { stageBackground, StageBar } from './StageBar';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 3),
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
    fontVariantNumeric: 'tabular-nums',
  },
  stage: { display: 'inline-flex', alignItems: 'center', gap: 6 },
  swatch: { width: 12, height: 12, borderRadius: 2 },
}));

/** The stages of a query with their times and shares. */
export const StageTimes = (props: { query: QueryRecord; now: number }) => {
  const classes = useStyles();
  const colors = useLakehouseColors();
  const stages = queryStages(props.query, props.now);
  const total = stages.reduce((sum, stage) => sum + stage.ms, 0);
  if (total === 0) return <>Not observed.</>;
  return (
    <>
      <StageBar stages={stages} height={14} />
      <ul className={classes.list}>
        {stages.map(stage => (
          <li key={stage.id} className={classes.stage}>
            <span
              className={classes.swatch}
              style={{ background: stageBackground(stage.id, colors) }}
              aria-hidden
            />
            {stage.id} {formatDuration(stage.ms)} (
            {formatShare(stage.ms / total)})
          </li>
        ))}
      </ul>
    </>
  );
};
