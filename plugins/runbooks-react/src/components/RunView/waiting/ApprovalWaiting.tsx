import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import type {
  Run,
  RunApproval,
  RunWaiting,
} from '@lakehouse-ops/plugin-runbooks-common';
import { groupName } from '../../../format/words';
import { useRunApprovals } from '../../../hooks/useRunApprovals';
import { useRunCall } from '../../../hooks/useRunCall';
import { useViewer } from '../../../hooks/useViewer';
import { PersonText } from '../../labels';
import { PreviewView, WholePreview } from '../../PreviewView';
import { RefusalView } from '../../RunbookDrawer/RefusalView';
import { ApprovalForm } from './ApprovalForm';
import { ApprovalsList } from './ApprovalsList';
import { useApprovalAllowance } from './useApprovalAllowance';
import { WaitingFrame } from './WaitingFrame';

const useStyles = makeStyles(theme => ({
  // Side by side where there is room for both: not in a drawer, not on a phone.
  both: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(3),
  },
  what: { flex: '7 1 400px', minWidth: 0 },
  // A long preview is read while the answer to it stays in view.
  decide: {
    flex: '5 1 260px',
    minWidth: 0,
    position: 'sticky',
    top: theme.spacing(2),
    '& > * + *': { marginTop: theme.spacing(2) },
  },
}));

type Waiting = Extract<RunWaiting, { kind: 'approval' }>;

/** "anyone of data-platform", or who else may approve. */
export function whoMayApprove({ groups }: Pick<Waiting, 'groups'>): string {
  if (!groups.length) return 'whoever may approve runs here';
  return `anyone of ${groups.map(groupName).join(' or ')}`;
}

/** Those that count for what is asked now. */
export function countingApprovals(
  approvals: readonly RunApproval[],
  { stepId, previewHash }: Waiting,
): readonly RunApproval[] {
  return approvals.filter(
    approval =>
      approval.decision === 'approved' &&
      approval.stepId === stepId &&
      approval.previewHash === previewHash,
  );
}

/** A run that goes on once others agree. */
export function ApprovalWaiting(props: { run: Run; waiting: Waiting }) {
  const classes = useStyles();
  const { run, waiting } = props;
  const viewer = useViewer();
  const call = useRunCall();
  const approvals = useRunApprovals(call.answer ?? run);
  const { status, allowance, failure } = useApprovalAllowance(
    run.id,
    waiting.previewHash,
  );
  const given = countingApprovals(approvals, waiting);
  const earlier = approvals.filter(approval => !given.includes(approval));
  const still = Math.max(0, waiting.needed - given.length);
  const own = given.find(({ by }) => by === viewer);
  const shown = waiting.preview ?? run.preview.content;
  const isStarter = viewer !== undefined && viewer === run.startedBy;
  const refusal = allowance && !allowance.allowed ? allowance : undefined;

  const action = () => {
    if (call.answer || own) {
      return (
        <Typography role="status">
          {own
            ? `You approved this. ${
                still ? `${still} more must agree.` : 'The run goes on.'
              }`
            : 'Your answer was taken. The run shows what becomes of it.'}
        </Typography>
      );
    }
    if (isStarter) {
      return (
        <Typography>
          You started this run, so you can&apos;t approve it:{' '}
          {whoMayApprove(waiting)} has to.{' '}
          {waiting.groups.length > 0
            ? 'They were told; to hurry, send them the address of this page.'
            : 'The runbook names no group to tell: send somebody the address of this page.'}
        </Typography>
      );
    }
    if (status === 'loading') {
      return <Skeleton variant="rect" height={96} aria-label="Loading" />;
    }
    if (refusal) return <RefusalView refusal={refusal} />;
    return (
      <>
        {failure && (
          <Typography variant="body2" color="textSecondary">
            Whether you may decide could not be told ({failure.message}) It is
            checked when you answer.
          </Typography>
        )}
        <ApprovalForm run={run} previewHash={waiting.previewHash} call={call} />
      </>
    );
  };

  return (
    <WaitingFrame
      title={`Waits for approval: ${given.length} of ${waiting.needed}`}
      since={waiting.since}
      until={waiting.until}
    >
      <div>
        {/* Before the first step it is asked with the preview's own words, which stand below. */}
        {waiting.question !== shown.summary && (
          <Typography gutterBottom>
            <strong>{waiting.question}</strong>
          </Typography>
        )}
        <Typography variant="body2" color="textSecondary">
          <PersonText entityRef={run.startedBy} /> asks. {still} of{' '}
          {waiting.needed} still needed, from {whoMayApprove(waiting)}. The run
          fails if nobody answers in time.
        </Typography>
      </div>
      <div className={classes.both}>
        <section aria-label="What is to be approved" className={classes.what}>
          {waiting.preview ? (
            <PreviewView content={waiting.preview} />
          ) : (
            <WholePreview preview={run.preview} />
          )}
        </section>
        <div className={classes.decide}>
          {given.length > 0 && <ApprovalsList approvals={given} />}
          {earlier.length > 0 && (
            <div>
              <Typography variant="body2" color="textSecondary">
                Said to what was shown before, and not counted here:
              </Typography>
              <ApprovalsList approvals={earlier} />
            </div>
          )}
          {action()}
        </div>
      </div>
    </WaitingFrame>
  );
}
