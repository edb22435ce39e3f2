/**
 * What can be started: each service by the processes that it consists of and the other
 * services that it can't do without. The others start by default unless they are `isExtra`.
 */
export const SERVICES = {
  postgres: { processes: ['postgres'], needs: [] },
  redis: { processes: ['redis'], needs: [] },
  'redis-cluster': {
    processes: ['redis-cluster-1', 'redis-cluster-2', 'redis-cluster-3'],
    needs: [],
  },
  'iceberg-rest': { processes: ['iceberg-rest'], needs: [] },
  trino: { processes: ['trino'], needs: [] },
  superset: {
    processes: ['superset', 'superset-worker'],
    needs: ['postgres', 'redis'],
  },
  prometheus: { processes: ['prometheus'], needs: [] },
  trino2: { processes: ['trino2'], needs: [], isExtra: true },
  gateway: {
    processes: ['gateway'],
    needs: ['postgres', 'trino', 'trino2'],
    isExtra: true,
  },
  oidc: { processes: ['oidc'], needs: [], isExtra: true },
};

/** Every service, in the order in which they are reported. */
export const SERVICE_NAMES = Object.keys(SERVICES);

/** What `start` starts when it is not told otherwise. */
export const DEFAULT_SERVICE_NAMES = SERVICE_NAMES.filter(
  name => !SERVICES[name].isExtra,
);

/** Processes that can't start before others are ready, and must end before them. */
const STARTS_AFTER = {
  'redis-cluster-1': ['redis-cluster-2', 'redis-cluster-3'],
  superset: ['postgres', 'redis'],
  'superset-worker': ['superset'],
  gateway: ['postgres', 'trino', 'trino2'],
};

/** The processes that must be ready before a process starts. */
export const startsAfter = processName => STARTS_AFTER[processName] ?? [];

/** The given services and all that they need, in the usual order. */
export function withNeeds(serviceNames) {
  const wanted = new Set(serviceNames);
  // Sets visit what is added on the way.
  for (const name of wanted) {
    SERVICES[name].needs.forEach(need => wanted.add(need));
  }
  return SERVICE_NAMES.filter(name => wanted.has(name));
}

/** The processes of services. */
export const processesOf = serviceNames =>
  serviceNames.flatMap(name => SERVICES[name].processes);

/**
 * Processes in the order in which they can be stopped: those of one group side by side,
 * group after group, so that nothing loses a server that it still talks to.
 *
 * @param {string[]} processNames
 * @returns {string[][]}
 */
export function stopOrder(processNames) {
  const left = new Set(processNames);
  const groups = [];
  while (left.size > 0) {
    const group = [...left].filter(name =>
      [...left].every(other => !startsAfter(other).includes(name)),
    );
    group.forEach(name => left.delete(name));
    groups.push(group);
  }
  return groups;
}
