import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TablePagination from '@material-ui/core/TablePagination';
import TableRow from '@material-ui/core/TableRow';
import {
  formatTableRef,
  TableHealth,
  TablePage,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount } from '../components/format';
import {
  SortHeader,
  SortState,
  useHeldRows,
  useTableStyles,
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

/** A page of tables. Rows stand still while the pointer is over them. */
export const TableList = (props: TableListProps) => {
  const { page } = props;
  const classes = useTableStyles();
  const held = useHeldRows({
    rows: page.items,
    idOf,
    listKey: props.listKey,
  });
  const head = { state: props.sort, onSort: props.onSort };
  return (
    <>
      <div className={classes.scroll}>
        <Table
          className={`${classes.table} ${classes.fixed}`}
          style={{ minWidth: 980 }}
          size="small"
          aria-label="Tables"
        >
          <TableHead>
            <TableRow>
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
              <TableCell style={{ width: 230 }} aria-label="Actions" />
            </TableRow>
          </TableHead>
          <TableBody {...held.holdProps}>
            {held.rows.map(health => {
              const id = idOf(health);
              return (
                <TableRowItem
                  key={id}
                  health={health}
                  open={id === props.openTable}
                  fresh={held.freshIds.has(id)}
                  gone={held.goneIds.has(id)}
                  showConnection={props.showConnection}
                  entityRef={props.entityRef}
                  onOpen={props.onOpen}
                  onActed={held.pin}
                  onChanged={props.onChanged}
                />
              );
            })}
          </TableBody>
        </Table>
      </div>
      {page.total > TABLE_PAGE_SIZE && (
        <TablePagination
          component="div"
          count={page.total}
          page={Math.floor(page.offset / TABLE_PAGE_SIZE)}
          rowsPerPage={TABLE_PAGE_SIZE}
          rowsPerPageOptions={[TABLE_PAGE_SIZE]}
          labelDisplayedRows={({ from, to, count }) =>
            `${formatCount(from)}–${formatCount(to)} of ${formatCount(count)}`
          }
          onPageChange={(_, next) => props.onPage(next)}
        />
      )}
    </>
  );
};
