export { ApprovalsList } from './waiting/ApprovalsList';
export { CancelRunButton } from './CancelRunButton';
export { describeOutcome, type Outcome } from './outcome';
export { OutcomeBanner } from './OutcomeBanner';
export { RunLog } from './RunLog';
export { RunProgress } from './RunProgress';
export { RunTimeline } from './RunTimeline';
export { RunWaitingView } from './RunWaitingView';
export { VerificationView } from './VerificationView';
