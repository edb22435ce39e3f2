import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatShare, NOT_OBSERVED, RelativeTime } from '../components/format';
import { useLakehouseColors } from '../components/useLakehouseColors';

/** Whether a table's statistics are fresh, and how old. */
export const StatisticsAge = (props: { health: TableHealth }) => {
  const { statistics } = props.health;
  const colors = useLakehouseColors();
  if (!statistics) return <span title="not observed">{NOT_OBSERVED}</span>;
  if (statistics.state === 'none') {
    return <span style={{ color: colors.atRisk }}>none</span>;
  }
  const share = statistics.rowsSinceShare;
  return (
    <span
      style={{
        color: statistics.state === 'stale' ? colors.atRisk : undefined,
      }}
      title={
        share === undefined
          ? undefined
          : `${formatShare(share)} of the rows were written since`
      }
    >
      {statistics.state}
      {statistics.collectedAt && (
        <>
          {', '}
          <RelativeTime time={statistics.collectedAt} always />
        </>
      )}
    </span>
  );
};
