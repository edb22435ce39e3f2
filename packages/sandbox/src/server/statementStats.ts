import { type Query } from '../cluster/Query';
import { type ExactJson } from '../protocol/exactJson';
import { cpuMsOf, splitsOf } from '../protocol/queryProgress';

const NODES = 3;

function rootStage(query: Query, nowMs: number): ExactJson {
  const splits = splitsOf(query, nowMs);
  const progress = query.progress(nowMs);
  return {
    stageId: '0',
    state: query.state === 'FINISHED' ? 'FINISHED' : 'RUNNING',
    done: query.isDone,
    nodes: NODES,
    totalSplits: splits.total,
    queuedSplits: splits.queued,
    runningSplits: splits.running,
    completedSplits: splits.completed,
    cpuTimeMillis: cpuMsOf(query, nowMs),
    wallTimeMillis: Math.round(query.executionMs(nowMs)),
    processedRows: Math.round(query.cost.inputRows * progress),
    processedBytes: Math.round(query.cost.inputBytes * progress),
    physicalInputBytes: Math.round(query.cost.inputBytes * progress),
    failedTasks: 0,
    coordinatorOnly: false,
    subStages: [],
  };
}

/** `stats` of the client protocol's pages. */
export function statementStats(query: Query, nowMs: number): ExactJson {
  const scheduled = query.work !== undefined && query.error === undefined;
  const splits = splitsOf(query, nowMs);
  const progress = query.progress(nowMs);
  const percentage = Math.round(progress * 1000) / 10;
  return {
    state: query.state,
    queued: query.state === 'QUEUED',
    scheduled,
    progressPercentage: scheduled ? percentage : undefined,
    runningPercentage:
      scheduled && splits.total > 0
        ? Math.round((splits.running / splits.total) * 1000) / 10
        : undefined,
    nodes: scheduled ? NODES : 0,
    totalSplits: splits.total,
    queuedSplits: splits.queued,
    runningSplits: splits.running,
    completedSplits: splits.completed,
    planningTimeMillis: Math.round(query.planningMs),
    analysisTimeMillis: Math.round(query.analysisMs),
    cpuTimeMillis: cpuMsOf(query, nowMs),
    wallTimeMillis: Math.round(query.executionMs(nowMs)),
    queuedTimeMillis: Math.round(query.queuedMs(nowMs)),
    elapsedTimeMillis: Math.round(query.elapsedMs(nowMs)),
    finishingTimeMillis: 0,
    physicalInputTimeMillis: 0,
    processedRows: Math.round(query.cost.inputRows * progress),
    processedBytes: Math.round(query.cost.inputBytes * progress),
    physicalInputBytes: Math.round(query.cost.inputBytes * progress),
    physicalWrittenBytes: query.isDone ? query.cost.writtenBytes : 0,
    internalNetworkInputBytes: 0,
    peakMemoryBytes: Math.round(
      query.cost.peakMemoryBytes * Math.min(1, progress * 5),
    ),
    spilledBytes: query.cost.spilledBytes,
    rootStage: scheduled ? rootStage(query, nowMs) : undefined,
  };
}
