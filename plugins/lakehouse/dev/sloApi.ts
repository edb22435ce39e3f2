import { SloApi } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockBrokenFile,
  mockManySlos,
  mockSloApi,
  mockSlos,
} from '../src/slo/__testUtils__';
import { mockResponseError } from '../src/__testUtils__/mockLakehouse';
import { mode, silent } from './mode';

const never = () => new Promise<never>(() => {});
const everySlo = (call: () => Promise<never>): Partial<SloApi> => ({
  getSlos: call,
  getEntitySlos: call,
  getSlo: call,
});
const SLO_OVERRIDES: Record<string, Partial<SloApi>> = {
  denied: everySlo(async () => {
    throw await mockResponseError(
      403,
      'You need lakehouse.slo.read on cluster analytics; ask team-data-platform.',
    );
  }),
  down: everySlo(silent),
  loading: everySlo(never),
};
export const sloApi = mockSloApi({
  // The mock's SLOs belong to a component; the harness has a resource in its place.
  slos: (mode === 'many' ? mockManySlos(1_000) : mockSlos()).map(slo => ({
    ...slo,
    entityRef: 'resource:default/personal-api',
  })),
  ...(mode === 'empty' ? { slos: [], files: [] } : {}),
  ...(mode === 'broken'
    ? {
        files: [
          { ...mockBrokenFile(), entityRef: 'resource:default/personal-api' },
        ],
        hidden: 2,
      }
    : {}),
  overrides: SLO_OVERRIDES[mode ?? ''] ?? {},
});
