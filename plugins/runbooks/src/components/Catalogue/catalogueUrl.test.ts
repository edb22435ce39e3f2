import { aCompaction } from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import {
  formatCatalogueUrl,
  isNarrowed,
  narrowCatalogue,
  parseCatalogueUrl,
} from './catalogueUrl';

const compact = aCompaction();
const stampede = aCompaction({
  id: 'cache-stampede',
  kind: 'runbook',
  title: 'Cache stampede',
  risk: 'high',
  owner: 'group:default/data-platform',
  tags: ['redis', 'night'],
});
const all = [compact, stampede];
const found = (search: string) =>
  narrowCatalogue(all, parseCatalogueUrl(new URLSearchParams(search))).map(
    ({ id }) => id,
  );

describe('catalogueUrl', () => {
  it.each([
    ['', ['cache-stampede', 'trino:optimize-table']],
    ['q=STAMPEDE+cache', ['cache-stampede']],
    ['q=nothing+like+it', []],
    ['kind=action', ['trino:optimize-table']],
    ['system=trino', ['trino:optimize-table']],
    ['system=redis', ['cache-stampede']],
    ['risk=high', ['cache-stampede']],
    ['risk=unheard-of', ['cache-stampede', 'trino:optimize-table']],
    ['owner=group:default/data-platform', ['cache-stampede']],
    ['tag=night&risk=low', []],
  ])('finds by "%s"', (search, ids) => {
    expect(found(search)).toEqual(ids);
  });

  it('keeps the view in the address', () => {
    const search =
      'slo=cache+hits&indicator=cache-hit-ratio&entityRef=resource%3Adefault%2Fcache&q=x&kind=runbook&system=redis&risk=low&owner=group%3Ax&tag=t&open=cache-stampede';
    const view = parseCatalogueUrl(new URLSearchParams(search));
    expect(formatCatalogueUrl(view).toString()).toBe(search);
    expect(view.context).toEqual({
      slo: { name: 'cache hits', indicator: 'cache-hit-ratio' },
      entityRef: 'resource:default/cache',
    });
    expect(isNarrowed(view)).toBe(true);
  });

  it('takes what it was opened for as no filter', () => {
    const view = parseCatalogueUrl(new URLSearchParams('slo=x&open=y'));
    expect(isNarrowed(view)).toBe(false);
    expect(parseCatalogueUrl(new URLSearchParams()).context).toBeUndefined();
  });
});
