import Button from '@material-ui/core/Button';
import type {
  ConnectionView,
  Gap,
  QuerySelector,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { Section, Stack } from '../components/layout';
import {
  EmptyNote,
  GapNotes,
  ResourceView,
  SkeletonRows,
} from '../components/states';
import {
  isEmptyFilter,
  queryFilterPatch,
  readQueryListState,
  TimeRange,
  timeRangePatch,
  timeRangePhrase,
  useUrlState,
  withFixedFilter,
} from '../url';
import { QueryCharts } from './QueryCharts';
import { QueryDrawer } from './QueryDrawer';
import { QueryFilters } from './QueryFilters';
import { QueryTable } from './QueryTable';
import { useQueries, useQueryStats } from './useQueries';

interface QueriesSectionProps {
  readonly connection: string;
  /** All that there are: some stand before this cluster. */
  readonly connections: readonly ConnectionView[];
  /** What the entity narrows its queries to. */
  readonly fixed: QuerySelector & { table?: string };
  readonly range: TimeRange;
  /** Address of the Trino UI. */
  readonly uiUrl?: string;
  /** Of the connection. */
  readonly gaps: readonly Gap[];
  readonly entityRef?: string;
}

const NoQueries = (props: {
  range: TimeRange;
  filtered: boolean;
  onClear: () => void;
  onWiden: () => void;
}) => {
  const when = timeRangePhrase(props.range);
  if (props.filtered) {
    return (
      <EmptyNote
        text={`No query ${when} matches these filters.`}
        action={
          <Button size="small" variant="outlined" onClick={props.onClear}>
            Clear filters
          </Button>
        }
      />
    );
  }
  return (
    <EmptyNote
      text={`No query ${when}.`}
      action={
        <Button size="small" variant="outlined" onClick={props.onWiden}>
          Widen to 24 h
        </Button>
      }
    />
  );
};

/** Latency, durations, filters and the list of queries. All state is in the URL. */
export const QueriesSection = (props: QueriesSectionProps) => {
  const { connection, fixed, range } = props;
  const { params, update } = useUrlState();
  const own = readQueryListState(params);
  const list = { ...own, filter: withFixedFilter(own.filter, fixed) };
  const queries = useQueries(connection, list, range);
  const stats = useQueryStats(connection, list.filter, range);
  const openQueryId = params.get('query') ?? undefined;
  // Refused or unreachable with nothing to show: said once, below.
  const hidden = queries.error !== undefined && queries.data === undefined;
  const gaps = props.gaps.filter(
    ({ subject }) => subject === 'queries' || subject === 'query-events',
  );
  const what = `queries on ${connection}`;
  return (
    <Stack>
      {!hidden && (
        <QueryCharts
          what={what}
          gaps={gaps}
          stats={stats}
          onTime={span =>
            update({
              ...timeRangePatch({
                kind: 'fixed',
                from: new Date(span.fromMs).toISOString(),
                to: new Date(span.toMs).toISOString(),
              }),
              page: undefined,
            })
          }
          onDuration={({ fromMs, toMs }) =>
            update(
              queryFilterPatch({
                ...own.filter,
                minWallMs: fromMs || undefined,
                maxWallMs: toMs,
              }),
            )
          }
        />
      )}
      <GapNotes gaps={gaps.filter(({ until }) => until === undefined)} />
      <Section>
        {!hidden && (
          <QueryFilters
            filter={own.filter}
            fixed={fixed}
            facets={stats.data?.facets}
            onChange={(filter, options) =>
              update(queryFilterPatch(filter), options)
            }
          />
        )}
        <ResourceView
          resource={queries}
          what={what}
          skeleton={<SkeletonRows rows={12} />}
        >
          {page =>
            page.total === 0 ? (
              <NoQueries
                range={range}
                filtered={!isEmptyFilter(own.filter)}
                onClear={() => update(queryFilterPatch({}))}
                onWiden={() =>
                  update(timeRangePatch({ kind: 'recent', name: '24h' }))
                }
              />
            ) : (
              <QueryTable
                page={page}
                listKey={queries.dataKey ?? ''}
                sort={list}
                openQueryId={openQueryId}
                entityRef={props.entityRef}
                onSort={({ sort, order }) =>
                  update({ sort, order, page: undefined })
                }
                onPage={next =>
                  update({ page: next > 0 ? String(next + 1) : undefined })
                }
                onOpen={queryId => update({ query: queryId })}
                onChanged={queries.refetch}
              />
            )
          }
        </ResourceView>
      </Section>
      {openQueryId && (
        <QueryDrawer
          key={openQueryId}
          connection={connection}
          queryId={openQueryId}
          connections={props.connections}
          uiUrl={props.uiUrl}
          entityRef={props.entityRef}
          onClose={() => update({ query: undefined })}
          onChanged={queries.refetch}
        />
      )}
    </Stack>
  );
};
