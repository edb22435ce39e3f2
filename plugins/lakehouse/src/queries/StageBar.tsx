import { makeStyles } from '@material-ui/core/styles';
import { formatDuration } from '../components/format';
import {
  LakehouseColors,
  useLakehouseColors,
} from '../components/useLakehouseColors';
import type { QueryStage } from './queryStages';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    borderRadius: 2,
    overflow: 'hidden',
    gap: 1,
  },
});

/** The look of a stage: hatched while it waits, pale while it plans, full while it runs. */
export function stageBackground(
  stage: QueryStage['id'],
  colors: LakehouseColors,
): string {
  switch (stage) {
    case 'queued':
      return `repeating-linear-gradient(135deg, ${colors.muted} 0 2px, ${colors.grid} 2px 4px)`;
    case 'planning':
      return colors.series[1];
    default:
      return colors.series[0];
  }
}

/** What a query's time went into, as a bar. */
export const StageBar = (props: {
  stages: readonly QueryStage[];
  height?: number;
}) => {
  const classes = useStyles();
  const colors = useLakehouseColors();
  if (props.stages.length === 0) return null;
  const label = describeStages(props.stages);
  return (
    <div
      className={classes.root}
      style={{ height: props.height ?? 5 }}
      role="img"
      aria-label={label}
      title={label}
    >
      {props.stages.map(stage => (
        <div
          key={stage.id}
          style={{
            flexGrow: stage.ms,
            flexBasis: 2,
            background: stageBackground(stage.id, colors),
          }}
        />
      ))}
    </div>
  );
};

/** "queued 1.2 s, planning 300 ms, running 12.4 s" */
export function describeStages(stages: readonly QueryStage[]): string {
  return stages
    .map(stage => `${stage.id} ${formatDuration(stage.ms)}`)
    .join(', ');
}
