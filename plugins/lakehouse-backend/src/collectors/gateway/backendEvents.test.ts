import type {
  GatewayBackend,
  TimelineEvent,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { backendEvents, mayHaveEvents } from './backendEvents';

const backend = (
  name: string,
  overrides: Partial<GatewayBackend> = {},
): GatewayBackend => ({
  name,
  routingGroup: name,
  proxyTo: `http://${name}`,
  active: true,
  health: 'healthy',
  ...overrides,
});
const adhoc = backend('adhoc');
const etl = backend('etl');

const look = (
  before: readonly GatewayBackend[] | undefined,
  now: readonly GatewayBackend[],
  at = '2026-11-21T10:00:00.000Z',
) => ({ connection: 'gw', at, defaultRoutingGroup: 'adhoc', before, now });

const event = (kind: string, subject: string): TimelineEvent => ({
  id: `${kind}/${subject}/then`,
  connection: 'gw',
  kind,
  subject,
  at: '2026-11-21T09:00:00.000Z',
  severity: 'warning',
  title: 'It was so.',
});

describe('backendEvents', () => {
  it('tells nothing while nothing changes', () => {
    expect(mayHaveEvents(look([adhoc, etl], [etl, adhoc]))).toBe(false);
    expect(backendEvents(look([adhoc, etl], [adhoc, etl]), [])).toEqual([]);
  });

  it('tells that a backend went down, and what that means', () => {
    const down = { ...etl, health: 'unhealthy' as const };
    const now = look([adhoc, etl], [adhoc, down]);
    expect(mayHaveEvents(now)).toBe(true);
    expect(backendEvents(now, [])).toEqual([
      {
        id: 'backend-down/etl/2026-11-21T10:00:00.000Z',
        connection: 'gw',
        kind: 'backend-down',
        at: '2026-11-21T10:00:00.000Z',
        severity: 'critical',
        title:
          'Backend etl of group etl is down. No other of its group is left: its queries silently go to group adhoc.',
        subject: 'etl',
      },
    ]);
  });

  it('takes it lighter while others of the group are well', () => {
    const second = backend('etl-2', { routingGroup: 'etl' });
    const [told] = backendEvents(
      look([etl, second], [{ ...etl, health: 'unhealthy' }, second]),
      [],
    );
    expect(told).toMatchObject({
      severity: 'warning',
      title: expect.stringContaining('Others of its group'),
    });
  });

  it('says that queries fail without the default group', () => {
    const [told] = backendEvents(
      look([adhoc, etl], [{ ...adhoc, health: 'unhealthy' }, etl]),
      [],
    );
    expect(told.title).toContain('queries fail');
  });

  it('ends what it told when the backend is well again, pending in between', () => {
    const open = event('backend-down', 'etl');
    const pending = { ...etl, health: 'pending' as const };
    expect(backendEvents(look([etl], [pending]), [open])).toEqual([]);
    expect(backendEvents(look([pending], [etl]), [open])).toEqual([
      { ...open, until: '2026-11-21T10:00:00.000Z' },
    ]);
  });

  it('does not tell twice that it is down', () => {
    const down = { ...etl, health: 'unhealthy' as const };
    expect(
      backendEvents(look(undefined, [down]), [event('backend-down', 'etl')]),
    ).toEqual([]);
  });

  it('tells that a backend was taken out and brought back', () => {
    const out = { ...etl, active: false };
    const [told] = backendEvents(look([adhoc, etl], [adhoc, out]), []);
    expect(told).toMatchObject({
      kind: 'backend-deactivated',
      severity: 'info',
      subject: 'etl',
    });
    expect(told.until).toBeUndefined();
    expect(backendEvents(look([adhoc, out], [adhoc, etl]), [told])).toEqual([
      { ...told, until: '2026-11-21T10:00:00.000Z' },
    ]);
  });

  it('does not guess since when one is out at the first look', () => {
    expect(
      backendEvents(look(undefined, [{ ...etl, active: false }]), []),
    ).toEqual([]);
  });

  it('ends what is told of a backend that is not there any more', () => {
    const open = event('backend-down', 'etl');
    expect(backendEvents(look([adhoc, etl], [adhoc]), [open])).toEqual([
      { ...open, until: '2026-11-21T10:00:00.000Z' },
    ]);
  });
});
