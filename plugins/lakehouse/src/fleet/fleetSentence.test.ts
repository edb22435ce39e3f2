import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { mockConnection } from '../__testUtils__/mockData';
import { fleetSentence } from './fleetSentence';

const without = (
  id: string,
  overrides: Partial<ConnectionView> = {},
): ConnectionView =>
  mockConnection({
    title: 'Gateway',
    capabilities: [{ id, available: false, reason: 'no right' }],
    ...overrides,
  });

describe('fleetSentence', () => {
  it('takes what only may not be acted on as wholly observed', () => {
    expect(
      fleetSentence([mockConnection(), without('alerts.execute')], undefined),
    ).toEqual({ status: 'healthy', text: 'All 2 systems answer.' });
  });

  it('says what is only partly observed', () => {
    expect(
      fleetSentence(
        [mockConnection(), without('alerts.log', { status: 'degraded' })],
        undefined,
      ),
    ).toEqual({
      status: 'at-risk',
      text: 'Gateway is only partly observed.',
    });
  });

  it('warns of what is open to others, apart from what is observed', () => {
    expect(
      fleetSentence([mockConnection(), without('access.protected')], undefined),
    ).toEqual({
      status: 'at-risk',
      text: 'All 2 systems answer; Gateway is open to whoever reaches it.',
    });
  });
});
