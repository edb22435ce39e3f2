import { type Query } from '../cluster/Query';
import { type TableUse } from '../cluster/Work';
import { type ExactJson, stringifyExact } from '../protocol/exactJson';
import { failureInfo, failureType } from '../protocol/failureInfo';
import { formatType } from '../sql/formatType';
import { type SandboxWorld } from '../world/SandboxWorld';
import { eventContext, queryUri } from './eventContext';
import { operatorSummaries, payload, planText } from './executionDetails';

const MAX_COLUMNS = 60;

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}

function columnsOf(use: TableUse) {
  return use.columns.slice(0, MAX_COLUMNS);
}

function tableOf(use: TableUse, query: Query): ExactJson {
  return {
    catalog: use.catalog,
    schema: use.schema,
    table: use.table,
    authorization: query.session.user,
    filters: [],
    columns: columnsOf(use).map(({ name }) => ({ column: name })),
    directlyReferenced: true,
    referenceChain: [],
  };
}

function connectorInfo(use: TableUse): ExactJson {
  return use.connector === 'iceberg' && use.dataFiles !== undefined
    ? {
        snapshotId: use.snapshotId,
        partitionFields: [],
        tableDefaultFileFormat: 'PARQUET',
        totalRecords: String(use.records),
        totalDataFiles: String(use.dataFiles),
        totalDeleteFiles: String(use.deleteFiles),
      }
    : undefined;
}

function inputOf(use: TableUse): ExactJson {
  return {
    connectorName: use.connector,
    catalogName: use.catalog,
    catalogVersion: 'default',
    schema: use.schema,
    table: use.table,
    columns: columnsOf(use).map(({ name, type }) => ({
      name,
      type: formatType(type),
    })),
    connectorInfo: connectorInfo(use),
    connectorMetrics: {},
    physicalInputBytes: use.bytes,
    physicalInputRows: use.rows,
  };
}

function outputOf(use: TableUse): ExactJson {
  return {
    catalogName: use.catalog,
    catalogVersion: 'default',
    schema: use.schema,
    table: use.table,
    columns:
      use.columns.length > 0
        ? columnsOf(use).map(({ name, type }) => ({
            columnName: name,
            columnType: formatType(type),
            sourceColumns: [],
          }))
        : undefined,
    connectorOutputMetadata: 'null',
    jsonLengthLimitExceeded: false,
  };
}

function statistics(query: Query, nowMs: number): ExactJson {
  const share = query.progress(nowMs);
  const { cost } = query;
  const ran = query.work !== undefined;
  const executionMs = query.executionMs(nowMs);
  const rows = Math.round(cost.inputRows * share);
  const bytes = Math.round(cost.inputBytes * share);
  const finished = query.state === 'FINISHED';
  const peak = ran
    ? Math.round(cost.peakMemoryBytes * Math.min(1, share * 5))
    : 0;
  const cpu = seconds(cost.cpuMs * share);
  const timings = ran
    ? {
        scheduledTime: seconds(cost.cpuMs * share * 1.4),
        failedScheduledTime: 0,
        resourceWaitingTime: 0.003,
        analysisTime: seconds(query.analysisMs),
        planningTime: seconds(query.planningMs),
        planningCpuTime: seconds(query.planningMs * 0.8),
        startingTime: 0.004,
        executionTime: seconds(executionMs),
        inputBlockedTime: seconds(executionMs * 0.6),
        failedInputBlockedTime: 0,
        outputBlockedTime: 0,
        failedOutputBlockedTime: 0,
        physicalInputReadTime: 0,
      }
    : {};
  return {
    cpuTime: cpu,
    failedCpuTime: 0,
    wallTime: seconds(query.elapsedMs(nowMs)),
    queuedTime: seconds(query.queuedMs(nowMs)),
    ...timings,
    peakUserMemoryBytes: peak,
    peakTaskUserMemory: Math.round(peak / 2),
    peakTaskTotalMemory: Math.round(peak / 2),
    physicalInputBytes: bytes,
    physicalInputRows: rows,
    processedInputBytes: bytes,
    processedInputRows: rows,
    internalNetworkBytes: Math.round(bytes * 0.2),
    internalNetworkRows: Math.round(rows * 0.1),
    totalBytes: bytes,
    totalRows: rows,
    outputBytes: query.outputBytes,
    outputRows: query.outputRows,
    writtenBytes: finished ? cost.writtenBytes : 0,
    writtenRows: finished ? cost.writtenRows : 0,
    spilledBytes: Math.round(cost.spilledBytes * share),
    cumulativeMemory: Math.round(peak * executionMs * 0.7),
    failedCumulativeMemory: 0,
    stageGcStatistics: [],
    completedSplits: ran ? Math.ceil(4 + cost.inputBytes / 33_554_432) : 0,
    complete: true,
    cpuTimeDistribution: [],
    outputBufferUtilization: [],
    outputBufferMetrics: [],
    taskStatistics: [],
    dynamicFilterDomainStatistics: [],
    operatorSummaries: ran ? operatorSummaries(query) : [],
    optimizerRulesSummaries: [],
  };
}

function failureOf(query: Query): ExactJson {
  const { error } = query;
  return (
    error && {
      errorCode: { ...error.code, fatal: error.code.type === 'USER_ERROR' },
      failureType: failureType(error),
      failureMessage: error.message,
      failuresJson: stringifyExact(failureInfo(error, 'errorCode')),
    }
  );
}

/** The body Trino posts when a query has ended. */
export function completedEvent(query: Query, world: SandboxWorld): string {
  const { work } = query;
  const nowMs = query.endedAtMs ?? world.nowMs;
  const ended = new Date(nowMs).toISOString();
  return stringifyExact({
    metadata: {
      queryId: query.id,
      transactionId: query.transactionId,
      query: query.sql,
      updateType: work?.updateType,
      queryState: query.state,
      tables:
        work?.queryType === 'ALTER_TABLE_EXECUTE'
          ? []
          : work?.inputs.map(use => tableOf(use, query)) ?? [],
      routines: [],
      uri: queryUri(query, world),
      plan: work && planText(query, world.version),
      payload: work && payload(query),
    },
    statistics: statistics(query, nowMs),
    context: eventContext(query, world),
    ioMetadata: {
      inputs: work?.inputs.map(inputOf) ?? [],
      output: work?.output && outputOf(work.output),
    },
    failureInfo: failureOf(query),
    warnings: [],
    createTime: new Date(query.createdAtMs).toISOString(),
    executionStartTime: new Date(query.startedAtMs ?? nowMs).toISOString(),
    endTime: ended,
  });
}
