import { type SandboxWorld } from '../world/SandboxWorld';

interface Bean {
  name: string;
  className: string;
  values: Record<string, number>;
  counters?: Record<string, number>;
}

function queryManager(world: SandboxWorld): Bean {
  const active = world.queries.active();
  const { counters } = world.queries;
  return {
    name: 'trino.execution:name=QueryManager',
    className: 'io.trino.execution.SqlQueryManager',
    values: {
      RunningQueries: active.filter(query => query.isRunning).length,
      QueuedQueries: active.filter(query => query.state === 'QUEUED').length,
      ProgressingQueries: active.filter(query => query.isRunning).length,
      FullyBlockedQueries: 0,
    },
    counters: {
      SubmittedQueries: counters.submitted,
      StartedQueries: counters.started,
      CompletedQueries: counters.completed,
      FailedQueries: counters.failed,
      AbandonedQueries: counters.abandoned,
      CanceledQueries: counters.canceled,
      UserErrorFailures: counters.userErrors,
      InternalFailures: counters.internalErrors,
      ExternalFailures: counters.externalErrors,
      InsufficientResourcesFailures: counters.insufficientResources,
      ConsumedCpuTimeSecs: Math.round(counters.cpuSeconds),
      ConsumedInputBytes: counters.inputBytes,
      ConsumedInputRows: counters.inputRows,
    },
  };
}

function beans(world: SandboxWorld): Bean[] {
  const memory = world.memory();
  const { counters } = world.queries;
  return [
    queryManager(world),
    {
      name: 'trino.memory:type=ClusterMemoryPool,name=general',
      className: 'io.trino.memory.ClusterMemoryPool',
      values: {
        AssignedQueries: memory.assignedQueries,
        BlockedNodes: memory.blockedNodes,
        FreeDistributedBytes: memory.freeBytes,
        Nodes: memory.nodes,
        ReservedDistributedBytes: memory.reservedBytes,
        ReservedRevocableDistributedBytes: 0,
        TotalDistributedBytes: memory.totalBytes,
      },
    },
    {
      name: 'trino.memory:name=ClusterMemoryManager',
      className: 'io.trino.memory.ClusterMemoryManager',
      values: {
        ClusterMemoryBytes: memory.totalBytes,
        ClusterTotalMemoryReservation: memory.reservedBytes,
        ClusterUserMemoryReservation: memory.reservedBytes,
        NumberOfLeakedQueries: 0,
        QueriesKilledDueToOutOfMemory: counters.outOfMemoryKills,
        TasksKilledDueToOutOfMemory: 0,
        TotalAvailableProcessors: memory.nodes * 8,
      },
    },
    {
      name: 'trino.metadata:name=DiscoveryNodeManager',
      className: 'io.trino.metadata.DiscoveryNodeManager',
      values: {
        ActiveNodeCount: memory.nodes,
        DrainedNodeCount: 0,
        DrainingNodeCount: 0,
        InactiveNodeCount: 0,
        ShuttingDownNodeCount: 0,
      },
    },
    {
      name: 'trino.execution.resourcegroups:name=InternalResourceGroupManager',
      className:
        'io.trino.execution.resourcegroups.InternalResourceGroupManager',
      values: {
        QueriesQueuedOnInternal: world.queries
          .active()
          .filter(query => query.state === 'QUEUED').length,
      },
    },
  ];
}

/** An OpenMetrics name: the bean's name with _ for all but letters and digits. */
function metricName(bean: string, attribute: string): string {
  return `${bean.replace(/[^A-Za-z0-9]/g, '_')}_${attribute}`;
}

/** Java prints a gauge as a double: 0.0, 1.728053248E9. */
function javaDouble(value: number): string {
  if (Math.abs(value) < 1e7) {
    return Number.isInteger(value) ? `${value}.0` : String(value);
  }
  const [mantissa, exponent] = value.toExponential().split('e');
  const digits = mantissa.includes('.') ? mantissa : `${mantissa}.0`;
  return `${digits}E${Number(exponent)}`;
}

/** The page of /metrics, or of the named metrics alone. */
export function openMetrics(world: SandboxWorld, names: string[]): string {
  const wanted = new Set(names);
  const lines = beans(world).flatMap(bean => {
    const entries: [string, string, string][] = [
      ...Object.entries(bean.values).map(
        ([attribute, value]): [string, string, string] => [
          metricName(bean.name, attribute),
          'gauge',
          javaDouble(value),
        ],
      ),
      ...Object.entries(bean.counters ?? {}).map(
        ([attribute, value]): [string, string, string] => [
          metricName(bean.name, attribute),
          'counter',
          String(value),
        ],
      ),
    ];
    return entries
      .filter(([name]) => wanted.size === 0 || wanted.has(name))
      .flatMap(([name, type, value]) => [
        `# TYPE ${name} ${type}`,
        `${name} ${value}`,
      ]);
  });
  return `${[...lines, '# EOF'].join('\n')}\n`;
}

/** GET /v1/jmx/mbean/{name}; undefined when there is no such bean. */
export function managedBean(world: SandboxWorld, name: string) {
  const bean = beans(world).find(candidate => candidate.name === name);
  if (!bean) {
    return undefined;
  }
  const attributes = Object.entries({ ...bean.values, ...bean.counters }).map(
    ([attribute, value]) => ({
      name: attribute,
      type: 'long',
      description: '',
      readable: true,
      writable: false,
      value,
    }),
  );
  return {
    objectName: bean.name,
    className: bean.className,
    description: '',
    attributes,
    operations: [],
  };
}
