import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import type { PreviewState } from '../../hooks/usePreview';
import { FailureView } from '../FailureView';
import { useVisuallyHidden } from '../labels/useVisuallyHidden';
import { WholePreview } from '../PreviewView';
import { PreviewExpiry } from './PreviewExpiry';

const useStyles = makeStyles({
  old: { opacity: 0.45 },
});

function announcement(state: PreviewState): string {
  switch (state.status) {
    case 'loading':
      return 'Looking at what would happen';
    case 'ready':
      return `Preview ready: ${state.preview.content.summary}`;
    default:
      return '';
  }
}

/** The preview in whatever state it is. */
export function PreviewSection(props: {
  state: PreviewState;
  problems: readonly string[];
  onRetry(): void;
}) {
  const classes = useStyles();
  const hidden = useVisuallyHidden();
  const { state, problems, onRetry } = props;
  return (
    <div>
      <div role="status" className={hidden.root}>
        {announcement(state)}
      </div>
      {state.status === 'waiting' && (
        <Typography color="textSecondary">
          {problems.join('. ')}. Then you see here what would happen.
        </Typography>
      )}
      {state.status === 'failed' && (
        <FailureView failure={state.failure} onRetry={onRetry} />
      )}
      {state.status === 'ready' && (
        <>
          <WholePreview preview={state.preview} />
          <PreviewExpiry key={state.preview.id} preview={state.preview} />
        </>
      )}
      {state.status === 'loading' && state.previous && (
        <div className={classes.old} aria-busy>
          <WholePreview preview={state.previous} />
        </div>
      )}
      {state.status === 'loading' && !state.previous && (
        <div aria-busy>
          <Skeleton width="80%" />
          <Skeleton variant="rect" height={110} />
        </div>
      )}
    </div>
  );
}
