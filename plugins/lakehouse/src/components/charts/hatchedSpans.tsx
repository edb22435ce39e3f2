import { ReferenceArea } from 'recharts';
import type { TimeSpan } from './timeAxis';

/** The pattern that stands for "not observed"; give it to `HatchedSpans` by id. */
export const HatchPattern = (props: { id: string; color: string }) => (
  <defs>
    <pattern
      id={props.id}
      width="7"
      height="7"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <line x1="0" y1="0" x2="0" y2="7" stroke={props.color} strokeWidth="2" />
    </pattern>
  </defs>
);

/** Reference areas for spans that were not observed. */
export function hatchedSpans(spans: readonly TimeSpan[], patternId: string) {
  return spans.map(span => (
    <ReferenceArea
      key={`${span.fromMs}`}
      x1={span.fromMs}
      x2={span.toMs}
      fill={`url(#${patternId})`}
      fillOpacity={0.45}
      ifOverflow="hidden"
    />
  ));
}
