import type {
  EntitySlos,
  Facet,
  SloApi,
  SloFileStatus,
  SloListRequest,
  SloStatus,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { mockResponseError } from '../../__testUtils__/mockLakehouse';
import { mockFile } from './mockSlo';
import { mockSlos } from './mockSlos';
import { mockHistory } from './mockHistory';
import { mockProposals } from './mockProposals';
import { mockSpenders } from './mockSpenders';

const STATUSES: readonly SloStatus[] = [
  'breached',
  'at-risk',
  'unknown',
  'healthy',
];

/** A backend of invented SLOs that filters and pages as the real one does. */
export function mockSloApi(
  options: {
    slos?: SloView[];
    files?: SloFileStatus[];
    hidden?: number;
    overrides?: Partial<SloApi>;
  } = {},
): SloApi {
  const slos = options.slos ?? mockSlos();
  const files = options.files ?? [mockFile()];
  const hidden = options.hidden ?? 0;
  const find = async (id: string) => {
    const slo = slos.find(one => one.id === id);
    if (slo) return slo;
    throw await mockResponseError(404, `There is no SLO '${id}'.`);
  };
  return {
    getSlos: async (request = {}) => {
      const { limit = 50, offset = 0 } = request;
      const matching = slos.filter(slo => matches(slo, request));
      const { status: _, ...anyStatus } = request;
      const ofAnyStatus = slos.filter(slo => matches(slo, anyStatus));
      const items = request.groupBy
        ? grouped(matching, request.groupBy)
        : matching;
      return {
        items: items.slice(offset, offset + limit),
        total: matching.length,
        counts: {
          breached: 0,
          'at-risk': 0,
          unknown: 0,
          healthy: 0,
          ...Object.fromEntries(
            STATUSES.map(status => [
              status,
              ofAnyStatus.filter(slo => slo.status === status).length,
            ]),
          ),
        },
        firing: ofAnyStatus.filter(slo =>
          slo.burnRates.some(({ state }) => state === 'firing'),
        ).length,
        facets: {
          owners: facetOf(slos.flatMap(({ owner }) => owner ?? [])),
          systems: facetOf(slos.flatMap(({ system }) => system ?? [])),
        },
        hidden,
        problems: files.filter(({ problems }) => problems.length > 0),
      };
    },
    getEntitySlos: async (entityRef): Promise<EntitySlos> => ({
      items: slos.filter(slo => slo.entityRef === entityRef),
      files: files.filter(file => file.entityRef === entityRef),
      hidden,
    }),
    getSlo: find,
    getSloHistory: async (id, range) => mockHistory(await find(id), range),
    getSloSpenders: async id => mockSpenders(await find(id)),
    getSloWhatIf: async (id, change) => {
      const slo = await find(id);
      const target = change.target ?? slo.target;
      const attainment = slo.attainment;
      return {
        target,
        threshold: change.threshold,
        attainment,
        remaining:
          attainment === undefined
            ? undefined
            : 1 - (1 - attainment) / (1 - target),
        points: mockHistory(slo).points.map(({ at: time, remaining }) => ({
          at: time,
          remaining:
            remaining === undefined
              ? undefined
              : 1 - ((1 - remaining) * (1 - slo.target)) / (1 - target),
        })),
        alerts: slo.burnRates.map(({ condition }, index) => ({
          condition,
          fired: Math.max(0, Math.round((target - 0.99) * 400) + 1 - index),
        })),
        note: 'Counted from minutes; latency within 1 %.',
      };
    },
    getSloProposals: async () => ({ items: mockProposals() }),
    getSloExport: async (id, format) =>
      `# ${format}\napiVersion: openslo/v1\nkind: SLO\nmetadata:\n  name: ${
        (await find(id)).name
      }\n`,
    addSloCorrection: async (_id, correction) => ({
      id: 'c2',
      author: 'user:default/guest',
      createdAt: new Date().toISOString(),
      ...correction,
    }),
    removeSloCorrection: async () => {},
    silenceSlo: async (_id, silence) => ({
      id: 's2',
      author: 'user:default/guest',
      from: new Date().toISOString(),
      ...silence,
    }),
    endSloSilence: async () => {},
    ...options.overrides,
  };
}

function matches(slo: SloView, request: SloListRequest): boolean {
  const text = request.search?.toLocaleLowerCase('en-US') ?? '';
  return (
    (!request.owner || slo.owner === request.owner) &&
    (!request.system || slo.system === request.system) &&
    (!request.entityRef || slo.entityRef === request.entityRef) &&
    (!request.status || slo.status === request.status) &&
    `${slo.name} ${slo.title} ${slo.service}`
      .toLocaleLowerCase('en-US')
      .includes(text)
  );
}

function grouped(slos: readonly SloView[], by: 'owner' | 'system'): SloView[] {
  const groups = [...new Set(slos.map(slo => slo[by]))];
  return groups.flatMap(group => slos.filter(slo => slo[by] === group));
}

function facetOf(values: readonly string[]): Facet[] {
  return [...new Set(values)].map(value => ({
    value,
    count: values.filter(one => one === value).length,
  }));
}
