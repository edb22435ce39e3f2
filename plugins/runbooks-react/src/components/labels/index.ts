export { RiskLabel } from './RiskLabel';
export { RunStateChip } from './RunStateChip';
export { TargetText } from './TargetText';
export { TimeText } from './TimeText';
