import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount } from '../components/format';
import { Columns, Figure, Section, Stack } from '../components/layout';
import {
  GapNotes,
  NotConfigured,
  ResourceView,
  SkeletonBox,
  SkeletonRows,
} from '../components/states';
import { StatusMark } from '../components/status';
import { CONNECTION_CONFIG } from '../entity/annotationHints';
import { useConnections } from '../entity/useScopeConnection';
import { TablesSection, useTableCounts } from '../tables';
import { useUrlState } from '../url';
import { ClusterDrawer } from './ClusterDrawer';
import { ClusterTable } from './ClusterTable';
import { fleetSentence } from './fleetSentence';

const ALL = '';

const useStyles = makeStyles(theme => ({
  sentence: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1.5),
  },
  connection: { width: 200 },
}));

const Fleet = (props: { connections: readonly ConnectionView[] }) => {
  const classes = useStyles();
  const { params, update } = useUrlState();
  const chosen = props.connections.find(
    ({ id }) => id === params.get('connection'),
  );
  const connections = chosen ? [chosen] : props.connections;
  const { data: counts } = useTableCounts({ connection: chosen?.id });
  const { status, text } = fleetSentence(connections, counts);
  const gaps = connections.flatMap(connection => connection.gaps);
  const lastingGaps = gaps.filter(({ until }) => until === undefined);
  const openCluster = props.connections.find(
    ({ id }) => id === params.get('cluster'),
  );
  return (
    <Stack>
      <div className={classes.sentence}>
        <StatusMark status={status} />
        <Typography variant="body1" component="p">
          {text}
        </Typography>
      </div>
      <Columns minWidth={180}>
        <Figure
          label="Clusters answering"
          value={formatCount(
            connections.filter(one => one.status !== 'down').length,
          )}
          detail={`of ${formatCount(connections.length)}`}
          tone={
            connections.some(one => one.status === 'down')
              ? 'breached'
              : 'normal'
          }
        />
        <Figure
          label="Tables breached"
          value={counts && formatCount(counts.breached)}
          detail={counts && `of ${formatCount(counts.total)}`}
          tone={counts && counts.breached > 0 ? 'breached' : 'normal'}
        />
        <Figure
          label="Tables at risk"
          value={counts && formatCount(counts['at-risk'])}
          detail={counts && `of ${formatCount(counts.total)}`}
          tone={counts && counts['at-risk'] > 0 ? 'atRisk' : 'normal'}
        />
        <Figure
          label="Gaps now"
          value={formatCount(lastingGaps.length)}
          detail={
            lastingGaps.length > 0 ? 'not observed' : 'everything is observed'
          }
          tone={lastingGaps.length > 0 ? 'atRisk' : 'normal'}
        />
      </Columns>
      <Section title="Clusters">
        <ClusterTable
          connections={connections}
          openCluster={openCluster?.id}
          onOpen={cluster => update({ cluster })}
        />
      </Section>
      <GapNotes gaps={lastingGaps} />
      <TablesSection
        connection={chosen?.id}
        showConnection={connections.length > 1}
        counts={counts}
        filters={
          props.connections.length > 1 && (
            <TextField
              id="lakehouse-connection"
              select
              size="small"
              variant="outlined"
              label="Connection"
              className={classes.connection}
              InputLabelProps={{ shrink: true }}
              SelectProps={{ displayEmpty: true }}
              value={chosen?.id ?? ALL}
              onChange={event =>
                update({ connection: event.target.value, page: undefined })
              }
            >
              <MenuItem value={ALL}>all</MenuItem>
              {props.connections.map(({ id, title }) => (
                <MenuItem key={id} value={id}>
                  {title}
                </MenuItem>
              ))}
            </TextField>
          )
        }
      />
      {openCluster && (
        <ClusterDrawer
          key={openCluster.id}
          connection={openCluster.id}
          title={openCluster.title}
          onClose={() => update({ cluster: undefined })}
        />
      )}
    </Stack>
  );
};

/** All clusters and tables that the viewer may see, worst first. */
export const LakehouseFleet = () => {
  const connections = useConnections();
  return (
    <ResourceView
      resource={connections}
      what="connections"
      skeleton={
        <Stack>
          <SkeletonBox height={104} />
          <SkeletonRows rows={10} />
        </Stack>
      }
    >
      {({ items }) =>
        items.length === 0 ? (
          <NotConfigured
            title="There is no Trino connection that you may see"
            message="Either none is configured: then add one to the app's config. Or you have none of the lakehouse read permissions: then ask those who run this Backstage."
            snippet={CONNECTION_CONFIG}
          />
        ) : (
          <Fleet connections={items} />
        )
      }
    </ResourceView>
  );
};
