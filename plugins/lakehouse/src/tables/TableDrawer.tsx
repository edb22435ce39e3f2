import {
  formatTableName,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { SideDrawer } from '../components/layout';
import { TablePanel } from './TablePanel';
import { useTable } from './useTables';

/** One table over the list that it is from. */
export const TableDrawer = (props: {
  tableRef: TableRef;
  entityRef?: string;
  onClose: () => void;
  onRunEnded?: () => void;
}) => {
  const table = useTable(props.tableRef);
  return (
    <SideDrawer
      open
      width={820}
      title={formatTableName(props.tableRef)}
      subtitle={`Table on ${props.tableRef.connection}`}
      onClose={props.onClose}
    >
      <TablePanel
        table={table}
        tableRef={props.tableRef}
        entityRef={props.entityRef}
        notFoundHint="It may have been dropped or renamed since the list was loaded."
        onRunEnded={props.onRunEnded}
      />
    </SideDrawer>
  );
};
