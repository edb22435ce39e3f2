import { type Query } from '../cluster/Query';
import { type TableUse } from '../cluster/Work';
import { formatBytes, formatDuration } from '../cluster/units';
import { type ExactJson } from '../protocol/exactJson';
import { failureInfo } from '../protocol/failureInfo';
import { cpuMsOf, splitsOf } from '../protocol/queryProgress';

export interface QueryInfoOptions {
  nowMs: number;
  baseUrl: string;
  version: string;
}

function instant(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

function sessionOf(query: Query): ExactJson {
  const { session } = query;
  return {
    queryId: query.id,
    querySpan: {},
    transactionId: query.transactionId,
    clientTransactionSupport: false,
    user: session.user,
    originalUser: session.user,
    setOriginalRoles: [],
    groups: [],
    originalUserGroups: [],
    principal: session.user,
    enabledRoles: [],
    source: session.source,
    catalog: session.catalog,
    schema: session.schema,
    path: { path: [], rawPath: '' },
    traceToken: session.traceToken,
    timeZoneKey: 0,
    locale: 'en_US',
    remoteUserAddress: session.remoteAddress,
    userAgent: session.userAgent,
    clientInfo: session.clientInfo,
    clientTags: session.clientTags,
    clientCapabilities: session.capabilities,
    resourceEstimates: {},
    start: instant(query.createdAtMs),
    systemProperties: Object.fromEntries(session.properties),
    catalogProperties: {},
    catalogRoles: {},
    preparedStatements: Object.fromEntries(session.preparedStatements),
    protocolName: 'Trino',
    timeZone: 'UTC',
  };
}

/** Figures that the list and the single query both have. */
function basicStats(query: Query, nowMs: number) {
  const splits = splitsOf(query, nowMs);
  const progress = query.progress(nowMs);
  const { cost } = query;
  const peak = cost.peakMemoryBytes * Math.min(1, progress * 5);
  const reserved = query.reservedBytes(nowMs);
  return {
    createTime: instant(query.createdAtMs),
    endTime: instant(query.endedAtMs),
    queuedTime: formatDuration(query.queuedMs(nowMs)),
    elapsedTime: formatDuration(query.elapsedMs(nowMs)),
    executionTime: formatDuration(query.executionMs(nowMs)),
    failedTasks: 0,
    totalDrivers: splits.total,
    queuedDrivers: splits.queued,
    runningDrivers: splits.running,
    completedDrivers: splits.completed,
    blockedDrivers: 0,
    rawInputDataSize: formatBytes(cost.inputBytes * progress),
    rawInputPositions: Math.round(cost.inputRows * progress),
    spilledDataSize: formatBytes(cost.spilledBytes * progress),
    physicalInputDataSize: formatBytes(cost.inputBytes * progress),
    physicalWrittenDataSize: formatBytes(
      query.isDone ? cost.writtenBytes : cost.writtenBytes * progress,
    ),
    internalNetworkInputDataSize: formatBytes(cost.inputBytes * progress * 0.2),
    cumulativeUserMemory: Math.round(peak * query.executionMs(nowMs) * 0.7),
    failedCumulativeUserMemory: 0,
    userMemoryReservation: formatBytes(reserved),
    totalMemoryReservation: formatBytes(reserved),
    peakUserMemoryReservation: formatBytes(peak),
    peakTotalMemoryReservation: formatBytes(peak),
    planningTime: formatDuration(query.planningMs),
    analysisTime: formatDuration(query.analysisMs),
    totalCpuTime: formatDuration(cpuMsOf(query, nowMs)),
    failedCpuTime: '0.00ns',
    totalScheduledTime: formatDuration(cpuMsOf(query, nowMs) * 1.4),
    failedScheduledTime: '0.00ns',
    finishingTime: '0.00ns',
    physicalInputReadTime: '0.00ns',
    fullyBlocked: query.isDone,
    blockedReasons: [],
    progressPercentage: query.work
      ? Math.round(progress * 1000) / 10
      : undefined,
    runningPercentage:
      query.work && splits.total > 0
        ? Math.round((splits.running / splits.total) * 1000) / 10
        : undefined,
  };
}

/** One entry of GET /v1/query. */
export function basicQueryInfo(
  query: Query,
  options: QueryInfoOptions,
): ExactJson {
  return {
    queryId: query.id,
    session: sessionOf(query),
    resourceGroupId: query.resourceGroup,
    state: query.state,
    scheduled: query.work !== undefined && !query.error,
    self: `${options.baseUrl}/v1/query/${query.id}`,
    query: query.sql,
    updateType: query.work?.updateType,
    queryStats: basicStats(query, options.nowMs),
    errorType: query.errorCode?.type,
    errorCode: query.errorCode && { ...query.errorCode },
    queryType: query.work?.queryType,
    retryPolicy: 'NONE',
  };
}

function inputOf(use: TableUse): ExactJson {
  return {
    catalogName: use.catalog,
    schema: use.schema,
    table: use.table,
    columns: use.columns.map(({ name }) => ({ name })),
    connectorMetrics: {},
  };
}

/** GET /v1/query/{id}; stages and operators are left out as in `?pruned=true`. */
export function queryInfo(
  query: Query,
  options: QueryInfoOptions & { pruned: boolean },
): ExactJson {
  const { nowMs, baseUrl, version, pruned } = options;
  const { work } = query;
  const basic = basicStats(query, nowMs);
  return {
    queryId: query.id,
    session: sessionOf(query),
    state: query.state,
    self: `${baseUrl}/v1/query/${query.id}`,
    fieldNames: work?.columns?.map(({ name }) => name) ?? [],
    query: query.sql,
    queryStats: {
      ...basic,
      executionStartTime: instant(query.startedAtMs),
      lastHeartbeat: instant(query.endedAtMs ?? nowMs),
      resourceWaitingTime: '0.00ns',
      dispatchingTime: '0.00ns',
      scheduled: work !== undefined && !query.error,
      totalTasks: work ? 3 : 0,
      runningTasks: query.isRunning ? 3 : 0,
      completedTasks: query.state === 'FINISHED' ? 3 : 0,
      outputPositions: query.outputRows,
      outputDataSize: formatBytes(query.outputBytes),
      writtenPositions: query.isDone ? query.cost.writtenRows : 0,
      logicalWrittenDataSize: formatBytes(
        query.isDone ? query.cost.writtenBytes : 0,
      ),
      processedInputDataSize: basic.rawInputDataSize,
      processedInputPositions: basic.rawInputPositions,
      physicalInputPositions: basic.rawInputPositions,
      stageGcStatistics: [],
      operatorSummaries: [],
      optimizerRulesSummaries: [],
    },
    setSessionProperties: {},
    resetSessionProperties: [],
    setRoles: {},
    addedPreparedStatements: {},
    deallocatedPreparedStatements: [],
    clearTransactionId: false,
    updateType: work?.updateType,
    failureInfo: query.error && failureInfo(query.error, 'errorCode'),
    errorCode: query.errorCode && { ...query.errorCode },
    warnings: [],
    inputs: work?.inputs.map(inputOf) ?? [],
    output: work?.output && {
      catalogName: work.output.catalog,
      schema: work.output.schema,
      table: work.output.table,
    },
    referencedTables: (work?.inputs ?? []).map(use => ({
      catalog: use.catalog,
      schema: use.schema,
      table: use.table,
      authorization: query.session.user,
      filters: [],
      columns: use.columns.map(({ name }) => ({ column: name })),
      directlyReferenced: true,
    })),
    routines: [],
    finalQueryInfo: query.isDone,
    resourceGroupId: query.resourceGroup,
    queryType: work?.queryType,
    retryPolicy: 'NONE',
    pruned,
    version: { version },
    errorType: query.errorCode?.type,
    scheduled: work !== undefined && !query.error,
  };
}
