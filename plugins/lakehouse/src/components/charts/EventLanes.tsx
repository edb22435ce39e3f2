import { makeStyles } from '@material-ui/core/styles';
import type { HealthStatus } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatAxisTime } from '../format';
import { statusColor } from '../status';
import { useLakehouseColors } from '../useLakehouseColors';
import { ChartFrame } from './ChartFrame';
import { TimeSpan, timeTicks } from './timeAxis';

const LANE = 30;
const AXIS = 22;
const NAMES = 150;
const MARK = 12;

const useStyles = makeStyles(theme => ({
  text: {
    fontSize: 12,
    fontFamily: theme.typography.fontFamily,
    fill: theme.palette.text.primary,
  },
  mark: { cursor: 'pointer' },
}));

/** Something that happened at a time, or for a time. */
export interface LaneEvent {
  readonly id: string;
  /** Events of a lane are of a kind. */
  readonly lane: string;
  readonly fromMs: number;
  /** None for a moment; `Infinity` while it lasts. */
  readonly toMs?: number;
  readonly status: HealthStatus;
  readonly title: string;
}

const shapeOf = (status: HealthStatus, x: number, y: number) => {
  const half = MARK / 2;
  if (status === 'breached') {
    return `M${x - half} ${y - half}h${MARK}v${MARK}h-${MARK}z`;
  }
  return status === 'at-risk'
    ? `M${x} ${y - half}L${x + half} ${y + half}H${x - half}Z`
    : `M${
        x - half
      } ${y}a${half} ${half} 0 1 0 ${MARK} 0a${half} ${half} 0 1 0 -${MARK} 0`;
};

/** What happened over time, a lane for each kind; shapes tell how bad it is. */
export const EventLanes = (props: {
  title: string;
  summary: string;
  events: readonly LaneEvent[];
  span: TimeSpan;
  timeText: (event: LaneEvent) => string;
  onOpen?: (id: string) => void;
}) => {
  const { events, span } = props;
  const classes = useStyles();
  const colors = useLakehouseColors();
  const lanes = [...new Set(events.map(({ lane }) => lane))];
  const height = Math.max(1, lanes.length) * LANE + AXIS;
  return (
    <ChartFrame
      title={props.title}
      summary={props.summary}
      table={{
        columns: ['Time', 'Kind', 'What happened'],
        rows: events.map(event => [
          props.timeText(event),
          event.lane,
          event.title,
        ]),
      }}
    >
      {width => {
        const room = Math.max(1, width - NAMES - MARK);
        const x = (ms: number) => {
          const share = (ms - span.fromMs) / (span.toMs - span.fromMs);
          return NAMES + Math.min(1, Math.max(0, share)) * room;
        };
        return (
          <svg width={width} height={height}>
            {lanes.map((lane, index) => (
              <g key={lane}>
                <text x="0" y={index * LANE + 19} className={classes.text}>
                  {lane}
                </text>
                <line
                  x1={NAMES}
                  x2={width}
                  y1={(index + 1) * LANE}
                  y2={(index + 1) * LANE}
                  stroke={colors.grid}
                />
              </g>
            ))}
            {timeTicks(span, room).map(tick => (
              <text
                key={tick}
                x={x(tick)}
                y={height - 6}
                textAnchor="middle"
                fontSize="11"
                fill={colors.text}
              >
                {formatAxisTime(tick, span.toMs - span.fromMs)}
              </text>
            ))}
            {events.map(event => {
              const y = lanes.indexOf(event.lane) * LANE + LANE / 2;
              const color = statusColor(colors, event.status);
              return (
                <g
                  key={event.id}
                  className={props.onOpen && classes.mark}
                  onClick={() => props.onOpen?.(event.id)}
                >
                  <title>{`${props.timeText(event)}: ${event.title}`}</title>
                  {event.toMs !== undefined && (
                    <rect
                      x={x(event.fromMs)}
                      y={y - 4}
                      width={Math.max(3, x(event.toMs) - x(event.fromMs))}
                      height="8"
                      fill={color}
                      fillOpacity="0.45"
                    />
                  )}
                  <path
                    d={shapeOf(event.status, x(event.fromMs), y)}
                    fill={color}
                  />
                </g>
              );
            })}
          </svg>
        );
      }}
    </ChartFrame>
  );
};
