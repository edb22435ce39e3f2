import type {
  SloObjective,
  SloVersion,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatDateTime } from '../../components/format';
import { DataTable } from '../../components/layout';
import { formatTarget, formatThreshold, formatWindow } from '../sloFormat';

const promise = ({ target, threshold }: SloObjective) =>
  `${formatTarget(target)}${threshold ? ` ${formatThreshold(threshold)}` : ''}`;

/** How an SLO was defined at each time: what was before is told by what stood then. */
export const VersionsTable = (props: { versions: readonly SloVersion[] }) => (
  <DataTable
    label="Versions"
    minWidth={560}
    rows={props.versions}
    idOf={({ version }) => String(version)}
    columns={[
      {
        id: 'version',
        title: 'Version',
        numeric: true,
        width: 76,
        cell: ({ version }) => version,
      },
      {
        id: 'from',
        title: 'From',
        width: 150,
        cell: ({ from }) => formatDateTime(from),
      },
      {
        id: 'until',
        title: 'Until',
        width: 150,
        cell: ({ until }) => (until ? formatDateTime(until) : 'now'),
      },
      {
        id: 'promise',
        title: 'Promise',
        overflow: 'wrap',
        cell: ({ definition }) =>
          `${definition.objectives.map(promise).join('; ')} over ${formatWindow(
            definition.window,
          )}, ${definition.method}`,
      },
    ]}
  />
);
