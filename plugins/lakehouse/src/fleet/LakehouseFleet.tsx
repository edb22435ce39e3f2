import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { Stack, TimeRangeSelect, ViewTabs } from '../components/layout';
import {
  GapNotes,
  NotConfigured,
  ResourceView,
  SkeletonBox,
  SkeletonRows,
} from '../components/states';
import { StatusMark } from '../components/status';
import { useConcerns, withSloConcerns } from '../concerns';
import { CONNECTION_CONFIG } from '../entity/annotationHints';
import { useSloCounts } from '../slo';
import { slosClause } from '../slo/sloWords';
import { useConnections } from '../systems';
import { useTableCounts } from '../tables';
import { readTimeRange, timeRangePatch, useUrlState } from '../url';
import { Attention } from './Attention';
import { ClusterDrawer } from './ClusterDrawer';
import { FleetFigures } from './FleetFigures';
import { fleetSentence } from './fleetSentence';
import { FleetTabView } from './FleetTabView';
import { FLEET_TABS, fleetTabPatch, readFleetTab } from './fleetTabs';
import { GatewayDrawer } from './GatewayDrawer';
import { MetricsDrawer } from './MetricsDrawer';

const ALL = '';
/** The worst SLOs need attention; the list of SLOs has the others. */
const WORST_SLOS = { limit: 10 };

const useStyles = makeStyles(theme => ({
  sentence: {
    display: 'flex',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1.5),
  },
  connection: { width: 200 },
}));

const Fleet = (props: { connections: readonly ConnectionView[] }) => {
  const classes = useStyles();
  const { params, update } = useUrlState();
  const { connections } = props;
  const range = readTimeRange(params);
  const tab = readFleetTab(params);
  const clusters = connections.filter(({ system }) => system === 'trino');
  const chosen = clusters.find(({ id }) => id === params.get('connection'));
  const { data: counts } = useTableCounts({ connection: chosen?.id });
  const slos = useSloCounts(WORST_SLOS);
  const concerns = withSloConcerns(useConcerns(connections), slos, connections);
  const { status, text } = fleetSentence(
    connections,
    counts,
    concerns.data?.unseen.length,
    slos.data && slosClause(slos.data),
  );
  const lastingGaps = connections
    .flatMap(connection => connection.gaps)
    .filter(({ until }) => until === undefined);
  const openCluster = clusters.find(({ id }) => id === params.get('cluster'));
  // What has a part of its own is shown there.
  const opened =
    tab === 'clusters'
      ? connections.find(({ id }) => id === params.get('on'))
      : undefined;
  return (
    <Stack>
      <div className={classes.sentence}>
        <StatusMark status={status} />
        <Typography variant="body1" component="p">
          {text}
        </Typography>
      </div>
      <FleetFigures
        connections={connections}
        counts={counts}
        concerns={concerns.data}
        slos={slos.data}
        gaps={lastingGaps.length}
      />
      <Attention concerns={concerns} />
      <ViewTabs
        label="Parts of the lakehouse"
        views={FLEET_TABS}
        view={tab}
        onView={next => update(fleetTabPatch(next))}
      >
        <TimeRangeSelect
          range={range}
          onChange={next => update(timeRangePatch(next))}
        />
      </ViewTabs>
      <FleetTabView
        tab={tab}
        connections={connections}
        chosen={chosen}
        counts={counts}
        range={range}
        filters={
          clusters.length > 1 && (
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
              {clusters.map(({ id, title }) => (
                <MenuItem key={id} value={id}>
                  {title}
                </MenuItem>
              ))}
            </TextField>
          )
        }
      />
      <GapNotes gaps={lastingGaps} />
      {opened?.system === 'prometheus' && (
        <MetricsDrawer
          key={opened.id}
          connection={opened.id}
          title={opened.title}
          onClose={() => update({ on: undefined })}
        />
      )}
      {opened?.system === 'trino-gateway' && (
        <GatewayDrawer
          key={opened.id}
          connection={opened.id}
          title={opened.title}
          range={range}
          onClose={() => update({ on: undefined })}
        />
      )}
      {openCluster && (
        <ClusterDrawer
          key={openCluster.id}
          connection={openCluster.id}
          connections={connections}
          title={openCluster.title}
          onClose={() => update({ cluster: undefined })}
        />
      )}
    </Stack>
  );
};

/** All systems that the viewer may see, worst first. */
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
