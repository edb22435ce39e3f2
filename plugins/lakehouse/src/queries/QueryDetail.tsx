import type { ReactNode } from 'react';
import { CodeSnippet } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ConnectionView,
  ExternalLink,
  QueryView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatBytes,
  formatCount,
  formatDuration,
  NOT_OBSERVED,
  RelativeTime,
  useNow,
} from '../components/format';
import { FactGrid, Stack } from '../components/layout';
import { QueryStateMark } from '../components/status';
import { useLakehouseColors } from '../components/useLakehouseColors';
import { ExternalLinks } from '../links';
import { KillQueryButton } from './KillQueryButton';
import { queryDurationMs } from './queryStages';
import { QueryWay } from './QueryWay';
import { StageTimes } from './StageTimes';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(2),
  },
  error: {
    borderLeft: '3px solid',
    paddingLeft: theme.spacing(1.5),
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
  },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  title: { marginBottom: theme.spacing(0.75) },
}));

const Part = (props: { title: string; children: ReactNode }) => {
  const classes = useStyles();
  return (
    <section>
      <Typography variant="subtitle2" component="h3" className={classes.title}>
        {props.title}
      </Typography>
      {props.children}
    </section>
  );
};

/** Everything known about one query. */
export const QueryDetail = (props: {
  query: QueryView;
  /** All that there are: some stand before the cluster. */
  connections: readonly ConnectionView[];
  uiUrl?: string;
  entityRef?: string;
  onChanged: () => void;
}) => {
  const { query } = props;
  const classes = useStyles();
  const colors = useLakehouseColors();
  const now = useNow(1_000).getTime();
  return (
    <Stack>
      <div className={classes.head}>
        <QueryStateMark state={query.state} progress={query.progress} />
        <strong>{formatDuration(queryDurationMs(query, now))}</strong>
        <span>
          started <RelativeTime time={query.createdAt} />
        </span>
        <ExternalLinks links={linksOf(query, props.uiUrl)} />
        <KillQueryButton
          query={query}
          entityRef={props.entityRef}
          onRunEnded={props.onChanged}
        />
      </div>
      {query.error && (
        <div className={classes.error} style={{ borderColor: colors.breached }}>
          <Typography variant="subtitle2" style={{ color: colors.breached }}>
            {query.error.name}
            {query.error.type ? ` · ${query.error.type}` : ''}
          </Typography>
          <Typography variant="body2">{query.error.message}</Typography>
        </div>
      )}
      <Part title="Where the time went">
        <StageTimes query={query} now={now} />
      </Part>
      <Part title="Figures">
        <FactGrid
          facts={[
            { name: 'CPU time', value: formatDuration(query.cpuMs) },
            { name: 'Peak memory', value: formatBytes(query.peakMemoryBytes) },
            { name: 'Spilled', value: formatBytes(query.spilledBytes) },
            {
              name: 'Read',
              value: withRows(
                query.physicalInputBytes,
                query.physicalInputRows,
              ),
            },
            {
              name: 'Result',
              value: withRows(query.outputBytes, query.outputRows),
            },
            {
              name: 'Written',
              value: withRows(query.writtenBytes, query.writtenRows),
            },
          ]}
        />
      </Part>
      <Part title="Who and where">
        <FactGrid
          facts={[
            { name: 'User', value: query.user ?? NOT_OBSERVED },
            { name: 'Source', value: query.source ?? NOT_OBSERVED },
            {
              name: 'Resource group',
              value: query.resourceGroup.join('.') || NOT_OBSERVED,
            },
            { name: 'Type', value: query.queryType ?? NOT_OBSERVED },
            {
              name: 'Client tags',
              value: query.clientTags.join(', ') || 'none',
            },
            {
              name: 'Known from',
              value: query.observedBy
                .map(by => (by === 'listener' ? 'event listener' : 'polling'))
                .join(' and '),
            },
          ]}
        />
        <QueryWay
          connection={query.connection}
          queryId={query.queryId}
          connections={props.connections}
        />
      </Part>
      <Part title="Tables">
        {query.tablesRead.length + query.tablesWritten.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            {query.observedBy.includes('listener')
              ? 'It touched no table.'
              : 'Not observed: tables are told by the event listener when the query has ended.'}
          </Typography>
        ) : (
          <ul className={classes.list}>
            {[...new Set(query.tablesWritten)].map(table => (
              <li key={`write ${table}`}>{table} (written)</li>
            ))}
            {[...new Set(query.tablesRead)].map(table => (
              <li key={`read ${table}`}>{table}</li>
            ))}
          </ul>
        )}
      </Part>
      <Part
        title={
          query.queryTextTruncated ? 'Query text (beginning)' : 'Query text'
        }
      >
        {query.queryText ? (
          <CodeSnippet
            language="sql"
            text={query.queryText}
            wrapLongLines
            showCopyCodeButton
          />
        ) : (
          <Typography variant="body2" color="textSecondary">
            Not observed.
          </Typography>
        )}
      </Part>
    </Stack>
  );
};

function linksOf(
  { queryId, links = [] }: QueryView,
  uiUrl: string | undefined,
): readonly ExternalLink[] {
  if (!uiUrl) return links;
  const base = uiUrl.replace(/\/+$/, '');
  const url = `${base}/ui/query.html?${encodeURIComponent(queryId)}`;
  return [{ title: 'Trino UI', url }, ...links];
}

function withRows(
  sizeBytes: number | undefined,
  rows: number | undefined,
): string {
  if (sizeBytes === undefined && rows === undefined) return NOT_OBSERVED;
  return rows === undefined
    ? formatBytes(sizeBytes)
    : `${formatBytes(sizeBytes)}, ${formatCount(rows)} rows`;
}
