import { makeStyles } from '@material-ui/core/styles';
import CheckIcon from '@material-ui/icons/Check';
import CloseIcon from '@material-ui/icons/Close';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import PlayArrowIcon from '@material-ui/icons/PlayArrow';
import type { QueryState } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatShare } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    whiteSpace: 'nowrap',
  },
  icon: { fontSize: '1rem' },
}));

/** The words for a query's state. */
export const QUERY_STATE_WORDS: Record<QueryState, string> = {
  QUEUED: 'Queued',
  WAITING_FOR_RESOURCES: 'Waiting',
  DISPATCHING: 'Dispatching',
  PLANNING: 'Planning',
  STARTING: 'Starting',
  RUNNING: 'Running',
  FINISHING: 'Finishing',
  FINISHED: 'Finished',
  FAILED: 'Failed',
  UNKNOWN: 'Unknown',
};

/** A query's state as icon and word, with its progress while it runs. */
export const QueryStateMark = (props: {
  state: QueryState;
  progress?: number;
}) => {
  const classes = useStyles();
  const colors = useLakehouseColors();
  const { state, progress } = props;
  const shown =
    state === 'RUNNING' && progress !== undefined
      ? ` ${formatShare(progress)}`
      : '';
  const looks = {
    finished: { Icon: CheckIcon, color: colors.unknown },
    failed: { Icon: CloseIcon, color: colors.breached },
    unknown: { Icon: HelpOutlineIcon, color: colors.unknown },
    waiting: { Icon: HourglassEmptyIcon, color: colors.atRisk },
    running: { Icon: PlayArrowIcon, color: colors.accent },
  };
  const { Icon, color } = looks[lookOf(state)];
  return (
    <span className={classes.root} style={{ color }}>
      <Icon className={classes.icon} aria-hidden />
      <span>
        {QUERY_STATE_WORDS[state]}
        {shown}
      </span>
    </span>
  );
};

function lookOf(
  state: QueryState,
): 'finished' | 'failed' | 'unknown' | 'waiting' | 'running' {
  switch (state) {
    case 'FINISHED':
      return 'finished';
    case 'FAILED':
      return 'failed';
    case 'UNKNOWN':
      return 'unknown';
    case 'QUEUED':
    case 'WAITING_FOR_RESOURCES':
      return 'waiting';
    default:
      return 'running';
  }
}
