import TableCell from '@material-ui/core/TableCell';
import type {
  QueryPage,
  QueryRecord,
  QuerySort,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  HiddenText,
  ListTable,
  SortHeader,
  SortState,
} from '../components/layout';
import { QUERY_PAGE_SIZE } from '../url';
import { QueryRow } from './QueryRow';

interface QueryTableProps {
  readonly page: QueryPage;
  /** Tells one list from another. */
  readonly listKey: string;
  readonly sort: SortState<QuerySort>;
  readonly openQueryId?: string;
  readonly entityRef?: string;
  readonly onSort: (sort: SortState<QuerySort>) => void;
  readonly onPage: (page: number) => void;
  readonly onOpen: (queryId: string) => void;
  readonly onChanged: () => void;
}

/** The backend pages this far; who looks for older queries narrows the list. */
const MAX_REACHABLE = 10_000;

const idOf = (query: QueryRecord) => query.queryId;

/** A page of queries. */
export const QueryTable = (props: QueryTableProps) => {
  const head = { state: props.sort, onSort: props.onSort };
  return (
    <ListTable
      label="Queries"
      minWidth={980}
      page={props.page}
      pageSize={QUERY_PAGE_SIZE}
      maxReachable={MAX_REACHABLE}
      listKey={props.listKey}
      idOf={idOf}
      openId={props.openQueryId}
      newer={['newer query', 'newer queries']}
      onPage={props.onPage}
      head={
        <>
          <SortHeader column="state" firstOrder="asc" width={124} {...head}>
            State
          </SortHeader>
          <SortHeader column="createdAt" width={92} {...head}>
            Started
          </SortHeader>
          <SortHeader column="wallMs" width={104} {...head}>
            Duration
          </SortHeader>
          <SortHeader column="user" firstOrder="asc" {...head}>
            User
          </SortHeader>
          <SortHeader column="source" firstOrder="asc" {...head}>
            Source
          </SortHeader>
          <TableCell>Tables</TableCell>
          <SortHeader column="peakMemoryBytes" numeric width={82} {...head}>
            Memory
          </SortHeader>
          <SortHeader column="physicalInputBytes" numeric width={82} {...head}>
            Read
          </SortHeader>
          <TableCell>Error</TableCell>
          <TableCell style={{ width: 96 }}>
            <HiddenText>Actions</HiddenText>
          </TableCell>
        </>
      }
      row={(query, { id, ...place }) => (
        <QueryRow
          key={id}
          {...place}
          query={query}
          entityRef={props.entityRef}
          onOpen={props.onOpen}
          onChanged={props.onChanged}
        />
      )}
    />
  );
};
