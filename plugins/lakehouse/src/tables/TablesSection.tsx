import type { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import {
  formatTableRef,
  TablePage,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { Section, Stack } from '../components/layout';
import {
  EmptyNote,
  GapNotes,
  ResourceView,
  SkeletonRows,
} from '../components/states';
import { readTableListState, useUrlState } from '../url';
import { readOpenTable } from './readOpenTable';
import { TableDrawer } from './TableDrawer';
import { TableFilters } from './TableFilters';
import { TableList } from './TableList';
import { TableCounts, useTables } from './useTables';

const NoTables = (props: {
  page: TablePage;
  filtered: boolean;
  onClear: () => void;
}) => {
  if (props.filtered || props.page.total > 0) {
    return (
      <EmptyNote
        text="No table matches."
        action={
          <Button size="small" variant="outlined" onClick={props.onClear}>
            Show all tables
          </Button>
        }
      />
    );
  }
  return (
    <EmptyNote
      text={
        props.page.sweptAt
          ? 'There are no Iceberg or Delta tables here.'
          : 'Tables were not inspected yet. The first sweep is under way.'
      }
    />
  );
};

/** Filters and the list of tables, worst first. All state is in the URL. */
export const TablesSection = (props: {
  /** All connections when absent. */
  connection?: string;
  counts?: TableCounts;
  /** Tell each table's connection. */
  showConnection?: boolean;
  entityRef?: string;
  /** More filters, beside those of tables. */
  filters?: ReactNode;
}) => {
  const { connection } = props;
  const { params, update } = useUrlState();
  const list = readTableListState(params);
  const tables = useTables(connection, list);
  const open = readOpenTable(params);
  const openTable = open && formatTableRef(open);
  const filtered = list.text !== undefined || list.status !== undefined;
  const what = connection ? `tables on ${connection}` : 'tables';
  return (
    <Stack>
      <Section>
        <TableFilters
          text={list.text}
          status={list.status}
          counts={props.counts}
          onText={text => update({ text, page: undefined }, { replace: true })}
          onStatus={status => update({ status, page: undefined })}
        >
          {props.filters}
        </TableFilters>
        <ResourceView
          resource={tables}
          what={what}
          skeleton={<SkeletonRows rows={10} />}
        >
          {page =>
            page.items.length === 0 ? (
              <NoTables
                page={page}
                filtered={filtered}
                onClear={() =>
                  update({
                    text: undefined,
                    status: undefined,
                    page: undefined,
                  })
                }
              />
            ) : (
              <TableList
                page={page}
                listKey={tables.dataKey ?? ''}
                sort={list}
                openTable={openTable}
                showConnection={props.showConnection ?? false}
                entityRef={props.entityRef}
                onSort={({ sort, order }) =>
                  update({ sort, order, page: undefined })
                }
                onPage={next =>
                  update({ page: next > 0 ? String(next + 1) : undefined })
                }
                onOpen={tableRef => update({ open: tableRef })}
                onChanged={tables.refetch}
              />
            )
          }
        </ResourceView>
      </Section>
      <GapNotes gaps={tables.data?.gaps ?? []} />
      {open && openTable && (
        <TableDrawer
          key={openTable}
          tableRef={open}
          entityRef={props.entityRef}
          onClose={() => update({ open: undefined })}
          onRunEnded={tables.refetch}
        />
      )}
    </Stack>
  );
};
