import type { HealthStatus } from '@lakehouse-ops/plugin-lakehouse-common';
import { statusColor } from '../status';
import { useLakehouseColors } from '../useLakehouseColors';

const WIDTH = 9;
const HEIGHT = 20;

/** One of several states in a row. */
export interface StripState {
  readonly id: string;
  readonly status: HealthStatus;
  /** "10:00 fired, value 3" */
  readonly label: string;
}

/** States in the order of time, the newest on the right: the worse, the taller. */
export const StateStrip = (props: {
  label: string;
  states: readonly StripState[];
}) => {
  const colors = useLakehouseColors();
  const heights: Record<HealthStatus, number> = {
    breached: HEIGHT,
    'at-risk': HEIGHT * 0.75,
    healthy: HEIGHT * 0.4,
    unknown: HEIGHT * 0.2,
  };
  return (
    <svg
      width={props.states.length * WIDTH}
      height={HEIGHT}
      style={{ maxWidth: '100%' }}
      role="img"
      aria-label={`${props.label}: ${props.states
        .map(({ label }) => label)
        .join('; ')}`}
    >
      {props.states.map(({ id, status, label }, index) => (
        <rect
          key={id}
          x={index * WIDTH}
          y={HEIGHT - heights[status]}
          width={WIDTH - 2}
          height={heights[status]}
          fill={statusColor(colors, status)}
        >
          <title>{label}</title>
        </rect>
      ))}
    </svg>
  );
};
