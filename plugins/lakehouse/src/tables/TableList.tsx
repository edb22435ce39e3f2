import TableCell from '@material-ui/core/TableCell';
import {
  formatTableRef,
  TableHealth,
  TablePage,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  HiddenText,
  ListTable,
  SortHeader,
  SortState,
} from '../components/layout';
import { TABLE_PAGE_SIZE, TableSort } from '../url';
import { TableRowItem } from './TableRowItem';

interface TableListProps {
  readonly page: TablePage;
  /** Tells one list from another. */
  readonly listKey: string;
  readonly sort: SortState<TableSort>;
  readonly openTable?: string;
  readonly showConnection: boolean;
  readonly entityRef?: string;
  readonly onSort: (sort: SortState<TableSort>) => void;
  readonly onPage: (page: number) => void;
  readonly onOpen: (tableRef: string) => void;
  readonly onChanged: () => void;
}

const idOf = (health: TableHealth) => formatTableRef(health.ref);

/** A page of tables. */
export const TableList = (props: TableListProps) => {
  const head = { state: props.sort, onSort: props.onSort };
  return (
    <ListTable
      label="Tables"
      minWidth={980}
      page={props.page}
      pageSize={TABLE_PAGE_SIZE}
      listKey={props.listKey}
      idOf={idOf}
      openId={props.openTable}
      onPage={props.onPage}
      head={
        <>
          <SortHeader column="score" firstOrder="asc" width={140} {...head}>
            Score
          </SortHeader>
          <SortHeader column="name" firstOrder="asc" {...head}>
            Table
          </SortHeader>
          <SortHeader column="dataFiles" numeric width={88} {...head}>
            Files
          </SortHeader>
          <SortHeader column="sizeBytes" numeric width={76} {...head}>
            Size
          </SortHeader>
          <TableCell align="right" style={{ width: 82 }}>
            Snapshots
          </TableCell>
          <SortHeader column="committedAt" width={98} {...head}>
            Last commit
          </SortHeader>
          <TableCell style={{ width: 130 }}>Statistics</TableCell>
          <TableCell style={{ width: 244 }}>
            <HiddenText>Actions</HiddenText>
          </TableCell>
        </>
      }
      row={(health, { id, ...place }) => (
        <TableRowItem
          key={id}
          {...place}
          health={health}
          showConnection={props.showConnection}
          entityRef={props.entityRef}
          onOpen={props.onOpen}
          onChanged={props.onChanged}
        />
      )}
    />
  );
};
