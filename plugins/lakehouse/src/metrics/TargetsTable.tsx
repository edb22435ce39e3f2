import type {
  HealthStatus,
  MetricsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { RelativeTime } from '../components/format';
import { DataTable } from '../components/layout';
import { StatusMark } from '../components/status';

type Target = MetricsView['targets'][number];

const TARGET_LOOKS: Record<
  Target['health'],
  { status: HealthStatus; word: string }
> = {
  up: { status: 'healthy', word: 'Up' },
  down: { status: 'breached', word: 'Down' },
  unknown: { status: 'unknown', word: 'Not scraped yet' },
};

/** What a Prometheus scrapes, in the order given: whether it answers, since when that is known, and why not. */
export const TargetsTable = (props: { targets: readonly Target[] }) => (
  <DataTable
    label="Scrape targets"
    rows={props.targets}
    idOf={({ job, instance }) => JSON.stringify([job, instance])}
    columns={[
      {
        id: 'health',
        title: 'Health',
        cell: ({ health }) => <StatusMark {...TARGET_LOOKS[health]} />,
      },
      {
        id: 'job',
        title: 'Job',
        cell: ({ job }) => <strong>{job}</strong>,
      },
      {
        id: 'instance',
        title: 'Instance',
        overflow: 'wrap',
        cell: ({ instance }) => instance,
      },
      {
        id: 'scraped',
        title: 'Last scrape',
        cell: ({ lastScrapeAt }) => <RelativeTime time={lastScrapeAt} />,
      },
      {
        id: 'error',
        title: 'Error',
        overflow: 'wrap',
        cell: ({ lastError }) => lastError ?? '',
      },
    ]}
  />
);
