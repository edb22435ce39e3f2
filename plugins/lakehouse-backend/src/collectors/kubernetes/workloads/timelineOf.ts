import type {
  TimelineEvent,
  Workload,
  WorkloadPod,
} from '@lakehouse-ops/plugin-lakehouse-common';

const CRASH_LOOP = 'CrashLoopBackOff';

/**
 * What happened between two looks at the workloads: kills for memory, crash loops,
 * rollouts begun, ended and stuck, and other numbers of replicas. Of a workload that
 * is seen for the first time only kills are told, for they carry a time of their own.
 */
export function timelineOf(options: {
  before: readonly Workload[];
  now: readonly Workload[];
  at: string;
}): TimelineEvent[] {
  const known = new Map(options.before.map(one => [keyOf(one), one]));
  return options.now.flatMap(workload => {
    const before = known.get(keyOf(workload));
    return [
      ...workload.pods.flatMap(pod => podEvents({ workload, pod, before })),
      ...(before ? rolloutEvents(before, workload) : []),
    ];
  });
}

function podEvents(options: {
  workload: Workload;
  pod: WorkloadPod;
  before: Workload | undefined;
}): TimelineEvent[] {
  const { workload, pod, before } = options;
  const known = before?.pods.find(({ name }) => name === pod.name);
  const ended = pod.lastTermination;
  const about = { connection: workload.connection, subject: keyOf(workload) };
  const events: TimelineEvent[] = [];
  const isNewEnd =
    ended?.at !== undefined && ended.at !== known?.lastTermination?.at;
  if (ended?.at && isNewEnd && ended.reason === 'OOMKilled') {
    events.push({
      ...about,
      id: `oom-kill:${keyOf(workload)}/${pod.name}/${ended.container}@${
        ended.at
      }`,
      kind: 'oom-kill',
      at: ended.at,
      severity: 'critical',
      title: `${pod.name} was killed for using more memory than its limit (${
        ended.container
      }${
        ended.exitCode === undefined ? '' : `, exit code ${ended.exitCode}`
      }).`,
    });
  }
  if (before && pod.waiting === CRASH_LOOP && known?.waiting !== CRASH_LOOP) {
    const restarts = `${pod.restarts} restart${pod.restarts === 1 ? '' : 's'}`;
    events.push({
      ...about,
      id: `crash-loop:${keyOf(workload)}/${pod.name}@${workload.observedAt}`,
      kind: 'crash-loop',
      at: workload.observedAt,
      severity: 'critical',
      title: `${pod.name} starts and ends over and over (${restarts}${
        ended ? `, last for ${ended.reason}` : ''
      }).`,
    });
  }
  return events;
}

function rolloutEvents(before: Workload, now: Workload): TimelineEvent[] {
  const told = (
    kind: string,
    severity: TimelineEvent['severity'],
    title: string,
  ): TimelineEvent => ({
    id: `${kind}:${keyOf(now)}@${now.observedAt}`,
    connection: now.connection,
    kind,
    at: now.observedAt,
    severity,
    title,
    subject: keyOf(now),
  });
  const events: TimelineEvent[] = [];
  if (before.replicas.wanted !== now.replicas.wanted) {
    events.push(
      told(
        'scaled',
        'info',
        `${now.name} was scaled from ${before.replicas.wanted} to ${now.replicas.wanted} replicas.`,
      ),
    );
  }
  if (before.rollout === now.rollout) return events;
  const why = now.rolloutMessage ? ` ${now.rolloutMessage}` : '';
  switch (now.rollout) {
    case 'stuck':
      events.push(
        told(
          'rollout-stuck',
          'critical',
          `The rollout of ${now.name} is stuck.${why}`,
        ),
      );
      break;
    case 'progressing':
      if (before.rollout !== 'stuck') {
        events.push(
          told(
            'rollout-begun',
            'info',
            `A rollout of ${now.name} began.${why}`,
          ),
        );
      }
      break;
    case 'complete':
      if (before.rollout !== 'unknown') {
        events.push(
          told('rollout-ended', 'info', `The rollout of ${now.name} ended.`),
        );
      }
      break;
    case 'paused':
      events.push(
        told(
          'rollout-paused',
          'warning',
          `The rollout of ${now.name} is paused.`,
        ),
      );
      break;
    default:
  }
  return events;
}

function keyOf({ namespace, kind, name }: Workload): string {
  return `${namespace}/${kind}/${name}`;
}
