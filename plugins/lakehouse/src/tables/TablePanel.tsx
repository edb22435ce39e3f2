import {
  formatTableName,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  NotConfigured,
  ResourceView,
  SkeletonRows,
} from '../components/states';
import { TableDetail } from './TableDetail';
import { useTable } from './useTables';

/** One table, loaded and kept up to date. */
export const TablePanel = (props: {
  tableRef: TableRef;
  entityRef?: string;
  /** What to do when it is not known. */
  notFoundHint: string;
  onRunEnded?: () => void;
}) => {
  const { tableRef } = props;
  const table = useTable(tableRef);
  return (
    <ResourceView
      resource={table}
      what={`table ${formatTableName(tableRef)}`}
      skeleton={<SkeletonRows rows={12} />}
      notFound={message => (
        <NotConfigured
          title={`Table ${formatTableName(tableRef)} is not known`}
          message={`${message} ${props.notFoundHint}`}
        />
      )}
    >
      {view => (
        <TableDetail
          view={view}
          entityRef={props.entityRef}
          onRunEnded={() => {
            table.refetch();
            props.onRunEnded?.();
          }}
        />
      )}
    </ResourceView>
  );
};
