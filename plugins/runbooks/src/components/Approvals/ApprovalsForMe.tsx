import Badge from '@material-ui/core/Badge';
import Button from '@material-ui/core/Button';
import HowToVoteOutlinedIcon from '@material-ui/icons/HowToVoteOutlined';
import { Link as RouterLink } from 'react-router-dom';
import type { WaitingApproval } from '@lakehouse-ops/plugin-runbooks-common';
import { useWaitingApprovals } from '../../reads/useWaitingApprovals';

/** How many runs wait for the viewer. */
export function countForMe(items: readonly WaitingApproval[]): number {
  return items.filter(({ decide }) => decide.allowed).length;
}

/** Leads to the approvals when some wait for the viewer, and says how many. */
export function ApprovalsForMe() {
  const { value } = useWaitingApprovals();
  const count = countForMe(value?.items ?? []);
  if (count === 0) return null;
  const words = `Approve: ${
    count === 1 ? 'one run waits' : `${count} runs wait`
  } for you`;
  return (
    <Badge
      badgeContent={count}
      color="error"
      overlap="rectangular"
      aria-hidden={false}
    >
      <Button
        component={RouterLink}
        role="link"
        to="/runbooks/approvals"
        variant="outlined"
        size="small"
        startIcon={<HowToVoteOutlinedIcon />}
        aria-label={words}
        title={words}
      >
        Approve
      </Button>
    </Badge>
  );
}
