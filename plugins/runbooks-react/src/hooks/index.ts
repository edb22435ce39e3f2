export { useRun, type RunResult } from './useRun';
export { useRunEvents } from './useRunEvents';
export type { RunEventsConnection, RunEventsState } from './runEventsReducer';
export { useRunChanges } from './useRunChanges';
export { useRunbookDetail, type RunbookDetailResult } from './useRunbookDetail';
export { useRunApprovals } from './useRunApprovals';
export { useViewer } from './useViewer';
