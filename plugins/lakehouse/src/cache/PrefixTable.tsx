import type {
  CachePrefix,
  CacheView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatBytes,
  formatCount,
  formatRate,
  formatShare,
} from '../components/format';
import {
  DataColumn,
  DataTable,
  DebouncedTextField,
  useFilterStyles,
} from '../components/layout';
import { EmptyNote } from '../components/states';
import { useUrlList } from '../url';
import { hitRatio, perSecond, withoutTtlShare } from './cacheFacts';
import { PrefixActions } from './PrefixActions';
import { TtlSpread } from './TtlSpread';

/** Scaled up from a sample: about. */
const about = (prefix: CachePrefix, text: string) =>
  prefix.keyspace && !prefix.keyspace.complete ? `≈ ${text}` : text;

const COLUMNS: ReadonlyArray<DataColumn<CachePrefix>> = [
  {
    id: 'prefix',
    title: 'Prefix',
    overflow: 'wrap',
    firstOrder: 'asc',
    value: row => row.prefix,
    cell: row => <strong>{row.prefix || '(no prefix)'}</strong>,
  },
  {
    id: 'hitRatio',
    title: 'Hit ratio',
    numeric: true,
    width: 80,
    firstOrder: 'asc',
    value: row => hitRatio(row.use),
    cell: row => formatShare(hitRatio(row.use)),
  },
  {
    id: 'misses',
    title: 'Misses',
    numeric: true,
    width: 80,
    value: row => perSecond(row.use?.misses, row.use?.windowSeconds),
    cell: row => formatRate(perSecond(row.use?.misses, row.use?.windowSeconds)),
  },
  {
    id: 'duplicates',
    title: 'Duplicate',
    numeric: true,
    width: 88,
    value: row => perSecond(row.use?.duplicateMisses, row.use?.windowSeconds),
    cell: row =>
      formatRate(perSecond(row.use?.duplicateMisses, row.use?.windowSeconds)),
  },
  {
    id: 'keys',
    title: 'Keys',
    numeric: true,
    width: 96,
    value: row => row.keyspace?.keys,
    cell: row => about(row, formatCount(row.keyspace?.keys)),
  },
  {
    id: 'size',
    title: 'Memory',
    numeric: true,
    width: 96,
    value: row => row.keyspace?.sizeBytes,
    cell: row => about(row, formatBytes(row.keyspace?.sizeBytes)),
  },
  {
    id: 'ttl',
    title: 'Time to live',
    width: 96,
    cell: row => <TtlSpread keyspace={row.keyspace} />,
  },
  {
    id: 'noTtl',
    title: 'No limit',
    numeric: true,
    width: 80,
    value: row => withoutTtlShare(row.keyspace),
    cell: row => formatShare(withoutTtlShare(row.keyspace)),
  },
];

/** Key prefixes with what applications find there and what is kept. */
export const PrefixTable = (props: {
  view: CacheView;
  openPrefix?: string;
  entityRef?: string;
  onOpen: (prefix: string) => void;
  onChanged: () => void;
}) => {
  const classes = useFilterStyles();
  const list = useUrlList({ sort: 'misses', order: 'desc' });
  const { text } = list.state;
  const rows = props.view.prefixes.filter(({ prefix }) =>
    prefix.toLowerCase().includes(text?.toLowerCase() ?? ''),
  );
  return (
    <>
      <div className={classes.bar} role="search" aria-label="Filter prefixes">
        <DebouncedTextField
          label="Prefix"
          value={text ?? ''}
          width={260}
          onChange={list.onText}
        />
      </div>
      {rows.length === 0 ? (
        <EmptyNote
          text={
            text
              ? `No prefix holds “${text}”.`
              : 'No key prefix was seen yet: no scan has ended, and no application tells.'
          }
        />
      ) : (
        <DataTable
          label="Key prefixes"
          minWidth={1000}
          rows={rows}
          idOf={row => row.prefix}
          openId={props.openPrefix}
          list={list}
          onOpen={props.onOpen}
          columns={[
            ...COLUMNS,
            {
              id: 'actions',
              title: 'Actions',
              actions: true,
              width: 280,
              cell: row => (
                <PrefixActions
                  short
                  prefix={row}
                  entityRef={props.entityRef}
                  onRunEnded={props.onChanged}
                />
              ),
            },
          ]}
        />
      )}
    </>
  );
};
