import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockLakehouse } from '../../__testUtils__/mockLakehouse';
import { renderLakehouse } from '../../__testUtils__/renderLakehouse';
import { useUrlList } from '../../url';
import { DataColumn, DataTable, sortRows } from './DataTable';

interface Row {
  readonly name: string;
  readonly size?: number;
}

const COLUMNS: ReadonlyArray<DataColumn<Row>> = [
  { id: 'name', title: 'Name', value: row => row.name, cell: row => row.name },
  {
    id: 'size',
    title: 'Size',
    numeric: true,
    value: row => row.size,
    cell: row => row.size ?? '–',
  },
];
const ROWS: Row[] = [
  { name: 'b', size: 2 },
  { name: 'a' },
  { name: 'c', size: 10 },
];

const Sorted = (props: {
  rows: readonly Row[];
  onOpen?: (id: string) => void;
}) => (
  <DataTable
    label="Rows"
    rows={props.rows}
    idOf={row => row.name}
    columns={COLUMNS}
    list={useUrlList({ sort: 'size', order: 'desc' })}
    onOpen={props.onOpen}
  />
);

const order = () =>
  within(screen.getByRole('table', { name: 'Rows' }))
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('cell')[0].textContent);

describe('sortRows', () => {
  const names = (state: { sort: string; order: 'asc' | 'desc' }) =>
    sortRows(ROWS, COLUMNS, state).map(({ name }) => name);

  it('puts what is not known last, whatever the order', () => {
    expect(names({ sort: 'size', order: 'asc' })).toEqual(['b', 'c', 'a']);
    expect(names({ sort: 'size', order: 'desc' })).toEqual(['c', 'b', 'a']);
  });

  it('keeps the given order for a column that there is not', () => {
    expect(names({ sort: 'colour', order: 'asc' })).toEqual(['b', 'a', 'c']);
  });
});

describe('DataTable', () => {
  it('sorts by a click on a head, kept in the URL', async () => {
    renderLakehouse(<Sorted rows={ROWS} />, { api: mockLakehouse() });
    expect(await screen.findByText('10')).toBeVisible();
    expect(order()).toEqual(['c', 'b', 'a']);
    await userEvent.click(screen.getByText('Name'));
    expect(screen.getByTestId('location')).toHaveTextContent(
      '?sort=name&order=desc',
    );
    expect(order()).toEqual(['c', 'b', 'a']);
    await userEvent.click(screen.getByText('Name'));
    expect(order()).toEqual(['a', 'b', 'c']);
  });

  it('opens a row by keyboard', async () => {
    const onOpen = jest.fn();
    renderLakehouse(<Sorted rows={ROWS} onOpen={onOpen} />, {
      api: mockLakehouse(),
    });
    const table = await screen.findByRole('table', { name: 'Rows' });
    within(table).getAllByRole('row')[1].focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onOpen).toHaveBeenCalledWith('b');
  });

  it('pages long lists, and shows the first page for a page that there is not', async () => {
    const rows = Array.from({ length: 60 }, (_, size) => ({
      name: `row ${size}`,
      size,
    }));
    renderLakehouse(<Sorted rows={rows} onOpen={() => {}} />, {
      api: mockLakehouse(),
      search: '?page=9',
    });
    expect(await screen.findByText('1–50 of 60')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('51–60 of 60')).toBeVisible();
  });
});
