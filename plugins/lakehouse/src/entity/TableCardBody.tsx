import {
  formatTableName,
  TABLE_ANNOTATION,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatBytes,
  formatCount,
  NOT_OBSERVED,
  RelativeTime,
} from '../components/format';
import { NotConfigured, ResourceView, SkeletonBox } from '../components/states';
import { tableReason, useTable } from '../tables';
import { CardSummary } from './CardSummary';

/** A table for somebody who reads from it. */
export const TableCardBody = (props: { tableRef: TableRef }) => {
  const table = useTable(props.tableRef);
  const name = formatTableName(props.tableRef);
  return (
    <ResourceView
      resource={table}
      what={`table ${name}`}
      skeleton={<SkeletonBox height={120} />}
      notFound={message => (
        <NotConfigured
          title={`Table ${name} is not known`}
          message={`${message} Check the annotation ${TABLE_ANNOTATION} of this entity.`}
        />
      )}
    >
      {({ health }) => (
        <CardSummary
          status={health.status}
          sentence={tableReason(health)}
          facts={[
            {
              name: 'Last change',
              value: health.snapshot ? (
                <RelativeTime time={health.snapshot.committedAt} always />
              ) : (
                NOT_OBSERVED
              ),
            },
            { name: 'Size', value: formatBytes(health.totals?.sizeBytes) },
            {
              name: 'Data files',
              value: formatCount(health.totals?.dataFiles),
            },
            {
              name: 'Score of 100',
              value:
                health.score === undefined
                  ? NOT_OBSERVED
                  : Math.round(health.score),
            },
          ]}
        />
      )}
    </ResourceView>
  );
};
