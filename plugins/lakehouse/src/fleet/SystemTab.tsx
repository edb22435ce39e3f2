import type { ReactNode } from 'react';
import Chip from '@material-ui/core/Chip';
import type {
  ConnectionView,
  LakehouseSystem,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { Section, Stack, useFilterStyles } from '../components/layout';
import { NotConfigured } from '../components/states';
import { compareHealth, StatusMark } from '../components/status';
import { connectionHealth, SYSTEM_TITLES } from '../systems';
import { UrlPatch, useUrlState } from '../url';
import { SYSTEM_CONFIG } from './systemConfig';

/** One system's connections: which one is shown, and what it shows. */
export const SystemTab = (props: {
  system: LakehouseSystem;
  connections: readonly ConnectionView[];
  /** What of another connection is closed when one is chosen. */
  onChoose: (connection: ConnectionView) => UrlPatch;
  children: (connection: ConnectionView) => ReactNode;
}) => {
  const { system } = props;
  const classes = useFilterStyles();
  const { params, update } = useUrlState();
  const connections = props.connections
    .filter(one => one.system === system)
    .sort(
      (a, b) =>
        compareHealth(connectionHealth(a), connectionHealth(b)) ||
        a.title.localeCompare(b.title),
    );
  const shown =
    connections.find(({ id }) => id === params.get('on')) ?? connections[0];
  if (!shown) {
    return (
      <Section>
        <NotConfigured
          title={`There is no connection to ${SYSTEM_TITLES[system]} that you may see`}
          message="Either none is configured: then add one to the app's config. Or you may not see it: then ask those who run this Backstage."
          snippet={SYSTEM_CONFIG[system]}
        />
      </Section>
    );
  }
  return (
    <Stack>
      {connections.length > 1 && (
        <div className={classes.group} role="group" aria-label="Connection">
          {connections.map(connection => (
            <Chip
              key={connection.id}
              className={classes.chip}
              variant={connection === shown ? 'default' : 'outlined'}
              aria-pressed={connection === shown}
              label={
                <StatusMark
                  status={connectionHealth(connection)}
                  word={connection.title}
                />
              }
              onClick={() => update(props.onChoose(connection))}
            />
          ))}
        </div>
      )}
      {props.children(shown)}
    </Stack>
  );
};
