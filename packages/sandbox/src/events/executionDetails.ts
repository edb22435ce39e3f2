import { type Query } from '../cluster/Query';
import { formatDuration } from '../cluster/units';

const OPERATORS = [
  'TableScanOperator',
  'ScanFilterAndProjectOperator',
  'HashAggregationOperator',
  'LookupJoinOperator',
  'HashBuilderOperator',
  'LocalExchangeSinkOperator',
  'LocalExchangeSourceOperator',
  'PartitionedOutputOperator',
  'ExchangeOperator',
  'TaskOutputOperator',
];
const MIN_PAYLOAD_ENTRIES = 20;
const MAX_PAYLOAD_ENTRIES = 90;
const MAX_SUMMARIES = 12;

function operator(query: Query, index: number) {
  const { cost } = query;
  return {
    stageId: index % 4,
    pipelineId: index % 3,
    operatorId: index,
    planNodeId: String(150 + index * 7),
    operatorType: OPERATORS[index % OPERATORS.length],
    totalDrivers: 4 + (index % 13),
    addInputCalls: index * 37,
    addInputWall: formatDuration(cost.cpuMs / 9),
    addInputCpu: formatDuration(cost.cpuMs / 10),
    physicalInputDataSize: `${Math.round(cost.inputBytes / 10)}B`,
    physicalInputPositions: Math.round(cost.inputRows / 10),
    internalNetworkInputDataSize: '0B',
    internalNetworkInputPositions: 0,
    rawInputDataSize: `${Math.round(cost.inputBytes / 10)}B`,
    inputDataSize: `${Math.round(cost.inputBytes / 11)}B`,
    inputPositions: Math.round(cost.inputRows / 10),
    sumSquaredInputPositions: cost.inputRows * 0.7,
    getOutputCalls: index * 41,
    getOutputWall: formatDuration(cost.cpuMs / 8),
    getOutputCpu: formatDuration(cost.cpuMs / 9),
    outputDataSize: `${Math.round(cost.inputBytes / 12)}B`,
    outputPositions: Math.round(cost.inputRows / 12),
    dynamicFilterSplitsProcessed: 0,
    metrics: {
      'Scheduled time distribution (s)': {
        '@class': 'io.trino.execution.DistributionSnapshot',
        total: 4,
        min: 0.0000611,
        max: 0.0212,
        p01: 0.0000611,
        p50: 0.0041,
        p99: 0.0212,
      },
    },
    blockedWall: formatDuration(cost.runMs / 3),
    finishCalls: index,
    userMemoryReservation: '0B',
    peakUserMemoryReservation: `${Math.round(cost.peakMemoryBytes / 9)}B`,
    spilledDataSize: '0B',
  };
}

/** Between 20 and 100 KB, as real completed events carry it. */
function entryCount(query: Query): number {
  const number = Number(query.id.split('_')[2]);
  const weight = Math.min(40, Math.round(query.cost.runMs / 500));
  return Math.min(
    MAX_PAYLOAD_ENTRIES,
    MIN_PAYLOAD_ENTRIES + (number % 31) + weight,
  );
}

/** `metadata.payload`: the stages as JSON text, by far the largest part. */
export function payload(query: Query): string {
  const operators = Array.from({ length: entryCount(query) }, (_, i) =>
    operator(query, i),
  );
  return JSON.stringify({
    stageId: `${query.id}.0`,
    state: query.state === 'FINISHED' ? 'FINISHED' : 'ABORTED',
    coordinatorOnly: false,
    stageStats: { operatorSummaries: operators },
    subStages: [],
  });
}

export function operatorSummaries(query: Query): string[] {
  return Array.from({ length: MAX_SUMMARIES }, (_, i) =>
    JSON.stringify(operator(query, i)),
  );
}

export function planText(query: Query, version: string): string {
  const tables = (query.work?.inputs ?? []).map(
    use => `    TableScan[table = ${use.catalog}:${use.schema}.${use.table}]`,
  );
  return [
    `Trino version: ${version}`,
    `Queued: ${formatDuration(
      query.queuedMs(query.createdAtMs),
    )}, Analysis: ${formatDuration(
      query.analysisMs,
    )}, Planning: ${formatDuration(query.planningMs)}`,
    'Fragment 0 [SINGLE]',
    ...tables,
    '',
  ].join('\n');
}
