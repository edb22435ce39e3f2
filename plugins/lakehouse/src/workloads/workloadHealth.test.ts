import { mockWorkload } from '../__testUtils__/mockData';
import { restartTimes } from './ReplicasChart';
import { workloadRun } from './workloadActions';
import { workloadHealth } from './workloadHealth';

const calm = {
  replicas: { wanted: 2, ready: 2 },
  rollout: 'complete' as const,
  pending: 0,
  oomKills: 0,
};

describe('workloadHealth', () => {
  it.each([
    ['healthy', {}, '2 pods ready'],
    ['breached', { replicas: { wanted: 2, ready: 0 } }, '0 of 2 pods ready'],
    ['at-risk', { replicas: { wanted: 2, ready: 1 } }, '1 of 2 pods ready'],
    ['breached', { rollout: 'stuck' as const }, '2 pods ready'],
    ['unknown', { rollout: 'unknown' as const }, '2 pods ready'],
    ['at-risk', { oomKills: 1 }, '1 container killed for lack of memory'],
    // Scaled to nothing on purpose.
    ['healthy', { replicas: { wanted: 0, ready: 0 } }, '0 pods ready'],
  ])('is %s for %j', (status, change, text) => {
    const workload = mockWorkload({
      ...calm,
      rolloutMessage: undefined,
      ...change,
    });
    expect(workloadHealth(workload)).toEqual({ status, text });
  });
});

describe('restartTimes', () => {
  it('marks where the count rose, and not where a pod was replaced', () => {
    const counts = [3, 3, 4, 0, 1];
    expect(
      restartTimes(counts.map((restarts, timeMs) => ({ timeMs, restarts }))),
    ).toEqual([2, 4]);
  });
});

describe('workloadRun', () => {
  it('names the workload as the runbooks do', () => {
    expect(workloadRun(mockWorkload())).toEqual({
      target: {
        system: 'kubernetes',
        connection: 'prod-k8s',
        kind: 'workload',
        name: 'trino/Deployment/trino-worker',
      },
      parameters: {
        connection: 'prod-k8s',
        namespace: 'trino',
        kind: 'Deployment',
        name: 'trino-worker',
      },
    });
  });
});
