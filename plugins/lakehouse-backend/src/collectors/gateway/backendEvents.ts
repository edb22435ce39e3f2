import type {
  GatewayBackend,
  TimelineEvent,
} from '@lakehouse-ops/plugin-lakehouse-common';

const DOWN = 'backend-down';
const OUT = 'backend-deactivated';

/** What backends were and are. */
export interface BackendLook {
  readonly connection: string;
  readonly at: string;
  readonly defaultRoutingGroup: string;
  /** Missing at the first look. */
  readonly before?: readonly GatewayBackend[];
  readonly now: readonly GatewayBackend[];
}

/** Whether anything may have happened that belongs on the time line. */
export function mayHaveEvents({ before, now }: BackendLook): boolean {
  const stateOf = (backends: readonly GatewayBackend[]) =>
    backends
      .map(({ name, health, active }) => `${name}\n${health}\n${active}`)
      .sort()
      .join('\n\n');
  return !before || stateOf(before) !== stateOf(now);
}

/**
 * What happened to backends between two looks: one went down, came back, was taken out
 * or brought back. An end is told by the event that it ends.
 *
 * @param known - events of the connection so far
 */
export function backendEvents(
  look: BackendLook,
  known: readonly TimelineEvent[],
): TimelineEvent[] {
  const { at, before, now } = look;
  const openOf = (kind: string, name: string) =>
    known.find(
      event => event.kind === kind && event.subject === name && !event.until,
    );
  const events: TimelineEvent[] = [];
  for (const backend of now) {
    const was = before?.find(({ name }) => name === backend.name);
    const down = openOf(DOWN, backend.name);
    if (backend.health === 'unhealthy' && !down) {
      events.push(wentDown(look, backend));
    }
    if (backend.health === 'healthy' && down) {
      events.push({ ...down, until: at });
    }
    const out = openOf(OUT, backend.name);
    // Of one that was out at the first look, since when can't be told.
    if (!backend.active && was?.active && !out) {
      events.push(takenOut(look, backend));
    }
    if (backend.active && out) events.push({ ...out, until: at });
  }
  const names = new Set(now.map(({ name }) => name));
  const removed = known.filter(
    ({ kind, subject, until }) =>
      [DOWN, OUT].includes(kind) &&
      subject !== undefined &&
      !names.has(subject) &&
      !until,
  );
  return [...events, ...removed.map(event => ({ ...event, until: at }))];
}

function wentDown(look: BackendLook, backend: GatewayBackend): TimelineEvent {
  const { connection, at } = look;
  const consequence = backend.active
    ? consequenceFor(look, backend)
    : 'It gets no new queries anyway.';
  const isLast = backend.active && !hasOther(look, backend);
  return {
    id: `${DOWN}/${backend.name}/${at}`,
    connection,
    kind: DOWN,
    at,
    severity: isLast ? 'critical' : 'warning',
    title: `Backend ${backend.name} of group ${backend.routingGroup} is down. ${consequence}`,
    subject: backend.name,
  };
}

function takenOut(look: BackendLook, backend: GatewayBackend): TimelineEvent {
  const { connection, at } = look;
  return {
    id: `${OUT}/${backend.name}/${at}`,
    connection,
    kind: OUT,
    at,
    severity: 'info',
    title: `Backend ${backend.name} of group ${
      backend.routingGroup
    } was deactivated. ${consequenceFor(look, backend)}`,
    subject: backend.name,
  };
}

/** Another of its group that takes its queries. */
function hasOther({ now }: BackendLook, backend: GatewayBackend): boolean {
  return now.some(
    one =>
      one.name !== backend.name &&
      one.routingGroup === backend.routingGroup &&
      one.active &&
      one.health !== 'unhealthy',
  );
}

function consequenceFor(look: BackendLook, backend: GatewayBackend): string {
  if (hasOther(look, backend)) return 'Others of its group take its queries.';
  const { defaultRoutingGroup } = look;
  return backend.routingGroup === defaultRoutingGroup
    ? 'No other backend of the default group is left: queries fail.'
    : `No other of its group is left: its queries silently go to group ${defaultRoutingGroup}.`;
}
