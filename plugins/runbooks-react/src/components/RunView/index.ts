export { CancelRunButton } from './CancelRunButton';
export { OutcomeBanner } from './OutcomeBanner';
export { RunLog } from './RunLog';
export { RunProgress } from './RunProgress';
export { RunTimeline } from './RunTimeline';
export { VerificationView } from './VerificationView';
