import type { MetricsView } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount } from '../components/format';
import { Section } from '../components/layout';
import { EmptyNote, ObservedView, reasonMissing } from '../components/states';
import { MetricsAlertsTable } from './MetricsAlertsTable';
import { TargetsTable } from './TargetsTable';

/** A Prometheus: its alerts, and whether what it scrapes answers. */
export const MetricsPanel = (props: { view: MetricsView }) => {
  const { view } = props;
  const { alerts, targets, gaps } = view;
  const down = targets.filter(({ health }) => health === 'down').length;
  const seen = view.observedAt !== undefined;
  return (
    <ObservedView view={view} what="This Prometheus">
      {(seen || targets.length > 0) && (
        <Section
          title="Scrape targets"
          note={down > 0 ? `${formatCount(down)} down` : undefined}
        >
          {targets.length > 0 ? (
            <TargetsTable targets={targets} />
          ) : (
            <EmptyNote
              text={
                reasonMissing(gaps, 'metrics.targets') ??
                'This server scrapes nothing.'
              }
            />
          )}
        </Section>
      )}
      {(seen || alerts.length > 0) && (
        <Section title="Alerts">
          {alerts.length > 0 ? (
            <MetricsAlertsTable alerts={alerts} />
          ) : (
            <EmptyNote
              text={reasonMissing(gaps, 'metrics.alerts') ?? 'None fires.'}
            />
          )}
        </Section>
      )}
    </ObservedView>
  );
};
