import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockLakehouse } from '../../__testUtils__/mockLakehouse';
import { renderLakehouse } from '../../__testUtils__/renderLakehouse';
import { mockBrokenFile, mockManySlos, mockSloApi } from '../__testUtils__';
import { SlosSection } from './SlosSection';

const show = (slos: ReturnType<typeof mockSloApi>, search = '') =>
  renderLakehouse(<SlosSection />, { api: mockLakehouse(), slos, search });

const rows = async () =>
  within(await screen.findByRole('table', { name: 'SLOs' }))
    .getAllByRole('row')
    .slice(1);

it('asks for one page of a thousand, worst first', async () => {
  const slos = mockSloApi({ slos: mockManySlos(1_000) });
  const list = jest.spyOn(slos, 'getSlos');
  await show(slos, '?page=2');
  expect(await rows()).toHaveLength(50);
  expect(screen.getByText(/51–100 of 1,000/)).toBeInTheDocument();
  expect(list.mock.calls[0][0]).toMatchObject({ limit: 50, offset: 50 });
  await userEvent.click(screen.getByRole('button', { name: /next page/i }));
  await waitFor(() =>
    expect(list.mock.calls[list.mock.calls.length - 1][0]).toMatchObject({
      offset: 100,
    }),
  );
  expect(screen.getByTestId('location')).toHaveTextContent('page=3');
});

it('filters by status, and begins on the first page', async () => {
  const slos = mockSloApi({ slos: mockManySlos(1_000) });
  await show(slos, '?page=2');
  await userEvent.click(
    await screen.findByRole('button', { name: /^At risk 8\d$/ }),
  );
  await waitFor(async () => {
    const shown = await rows();
    expect(shown[0]).toHaveTextContent('At risk');
  });
  expect(screen.getByTestId('location')).toHaveTextContent(
    /^\?status=at-risk$/,
  );
});

it('keeps groups together under their names, and narrows to one', async () => {
  const slos = mockSloApi({ slos: mockManySlos(24) });
  await show(slos, '?group=owner');
  const table = await screen.findByRole('table', { name: 'SLOs' });
  const heads = within(table).getAllByRole('rowheader');
  expect(heads.map(({ textContent }) => textContent)).toEqual([
    'team-personal · 6',
    'team-data-platform · 6',
    'team-sales · 6',
    'No owner · 6 on this page',
  ]);
  await userEvent.click(within(heads[1]).getByRole('button'));
  expect(screen.getByTestId('location')).toHaveTextContent(
    '?owner=group%3Adefault%2Fteam-data-platform',
  );
});

it('keeps groups together within a page where the backend does not', async () => {
  const all = mockManySlos(12);
  const slos = mockSloApi({ slos: all });
  const getSlos: typeof slos.getSlos = async request => {
    const { facets: _, ...list } = await slos.getSlos({
      ...request,
      groupBy: undefined,
    });
    return list;
  };
  await show({ ...slos, getSlos }, '?group=owner');
  const table = await screen.findByRole('table', { name: 'SLOs' });
  expect(
    within(table)
      .getAllByRole('rowheader')
      .map(({ textContent }) => textContent),
  ).toEqual([
    'team-personal · 3 on this page',
    'team-data-platform · 3 on this page',
    'team-sales · 3 on this page',
    'No owner · 3 on this page',
  ]);
});

it('opens an SLO over the list, and closes it again', async () => {
  await show(mockSloApi());
  const [first] = await rows();
  await userEvent.click(first);
  const drawer = await screen.findByRole('dialog', {
    name: 'daily_sales is less than 2 hours old',
  });
  expect(
    await within(drawer).findByRole('figure', { name: 'Budget left' }),
  ).toBeInTheDocument();
  await userEvent.click(within(drawer).getByRole('button', { name: 'Close' }));
  expect(screen.getByTestId('location')).toHaveTextContent(/^$/);
});

it('shows files with problems on top, and how many are hidden', async () => {
  await show(mockSloApi({ files: [mockBrokenFile()], hidden: 1 }));
  expect(
    await screen.findByRole('region', { name: /^Problems of/ }),
  ).toHaveTextContent('line 52, spec.alertPolicies[0]:');
  expect(screen.getByText(/1 more SLO that you may not see/)).toBeVisible();
});

it('tells apart that none matches, that none is seen and that there is none', async () => {
  await show(mockSloApi(), '?text=nothing-like-it');
  expect(
    await screen.findByText('No SLO matches these filters.'),
  ).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect((await rows()).length).toBeGreaterThan(1);
});

it('says how to begin', async () => {
  await show(mockSloApi({ slos: [], files: [] }));
  expect(
    await screen.findByText('Nobody has promised anything yet'),
  ).toBeInTheDocument();
});
