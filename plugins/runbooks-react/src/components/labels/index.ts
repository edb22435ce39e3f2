export { PersonText, personName } from './PersonText';
export { RiskLabel } from './RiskLabel';
export { RunStateChip } from './RunStateChip';
export { TargetText } from './TargetText';
export { TimeLeft } from './TimeLeft';
export { TimeText } from './TimeText';
export { TookText, tookMs } from './TookText';
