import { type Query } from '../cluster/Query';

const BYTES_PER_SPLIT = 32 * 1024 * 1024;
const ROWS_PER_SPLIT = 1_500_000;

export interface Splits {
  total: number;
  queued: number;
  running: number;
  completed: number;
}

/** How a query's work is cut into splits, and how many are done. */
export function splitsOf(query: Query, nowMs: number): Splits {
  if (query.startedAtMs === undefined || !query.work) {
    return { total: 0, queued: 0, running: 0, completed: 0 };
  }
  const { inputBytes, inputRows } = query.cost;
  const total = Math.ceil(
    4 + inputBytes / BYTES_PER_SPLIT + inputRows / ROWS_PER_SPLIT,
  );
  const completed = Math.floor(total * query.progress(nowMs));
  const running = query.isDone ? 0 : Math.min(total - completed, 24);
  const queued = query.isDone ? 0 : total - completed - running;
  return { total, queued, running, completed };
}

/** CPU time used so far. */
export function cpuMsOf(query: Query, nowMs: number): number {
  return Math.round(query.cost.cpuMs * query.progress(nowMs));
}
