import type { LakehouseResource } from '../api';
import {
  formatTableName,
  TableRef,
  TableView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  NotConfigured,
  ResourceView,
  SkeletonRows,
} from '../components/states';
import { TableDetail } from './TableDetail';

/** One table, or the state that it is in. */
export const TablePanel = (props: {
  table: LakehouseResource<TableView>;
  tableRef: TableRef;
  entityRef?: string;
  /** What to do when it is not known. */
  notFoundHint: string;
  onRunEnded?: () => void;
}) => {
  const { table, tableRef } = props;
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
