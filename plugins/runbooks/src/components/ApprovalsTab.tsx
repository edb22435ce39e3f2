import { ApprovalsList } from './Approvals/ApprovalsList';
import { RunbooksFrame } from './RunbooksFrame';

/** Approvals, under the header that the new frontend system draws. */
export function ApprovalsTab() {
  return (
    <RunbooksFrame>
      <ApprovalsList />
    </RunbooksFrame>
  );
}
