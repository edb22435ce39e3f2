import type {
  ConnectionView,
  SloList,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, formatNumberOf } from '../components/format';
import { Columns, Figure } from '../components/layout';
import type { Concerns } from '../concerns';
import type { TableCounts } from '../tables';

/** How many there are of what matters most, over all systems. */
export const FleetFigures = (props: {
  connections: readonly ConnectionView[];
  counts: TableCounts | undefined;
  concerns: Concerns | undefined;
  /** None where there is no SLO, or they are not known. */
  slos?: Pick<SloList, 'counts' | 'firing'>;
  /** That last now. */
  gaps: number;
}) => {
  const { connections, counts, concerns, slos, gaps } = props;
  const promised = slos
    ? Object.values(slos.counts).reduce((sum, count) => sum + count, 0)
    : 0;
  const down = connections.filter(({ status }) => status === 'down').length;
  const breached = concerns?.items.filter(one => one.status === 'breached');
  return (
    <Columns minWidth={170}>
      <Figure
        label="Systems answering"
        value={formatCount(connections.length - down)}
        detail={`of ${formatCount(connections.length)}`}
        tone={down > 0 ? 'breached' : 'normal'}
      />
      <Figure
        label="Breached"
        value={breached && formatCount(breached.length)}
        detail={
          concerns &&
          (concerns.unseen.length > 0
            ? `${formatCount(concerns.unseen.length)} not looked at`
            : `of ${formatCount(concerns.items.length)} that need attention`)
        }
        missing="not known yet"
        tone={breached && breached.length > 0 ? 'breached' : 'normal'}
      />
      <Figure
        label="Tables that need maintenance"
        value={counts && formatCount(counts.breached + counts['at-risk'])}
        detail={counts && `of ${formatCount(counts.total)}`}
        tone={counts && counts.breached > 0 ? 'breached' : 'normal'}
      />
      {slos && promised > 0 && (
        <Figure
          label="SLOs breached"
          value={formatCount(slos.counts.breached)}
          detail={`of ${formatCount(promised)}${
            slos.firing > 0
              ? `; ${formatNumberOf(slos.firing, 'alert')} firing`
              : ''
          }`}
          tone={slos.counts.breached > 0 ? 'breached' : 'normal'}
        />
      )}
      <Figure
        label="Gaps now"
        value={formatCount(gaps)}
        detail={gapsDetail(gaps, connections, concerns)}
        tone={gaps > 0 ? 'atRisk' : 'normal'}
      />
    </Columns>
  );
};

function gapsDetail(
  gaps: number,
  connections: readonly ConnectionView[],
  concerns: Concerns | undefined,
): string {
  if (gaps > 0) return 'not observed';
  // What may not be read was never begun to be observed.
  const unseen =
    connections.some(({ status }) => status !== 'connected') ||
    (concerns !== undefined && concerns.unseen.length > 0);
  return unseen ? 'that connections tell of' : 'everything is observed';
}
