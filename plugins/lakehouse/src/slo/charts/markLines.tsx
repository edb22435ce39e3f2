import type { ReactNode } from 'react';
import { ReferenceLine } from 'recharts';
import type { LakehouseColors } from '../../components/useLakehouseColors';
import { MARK_LOOKS, SloMark } from './sloMarks';

/** A line with its sign for each thing that happened. */
export function markLines(
  marks: readonly SloMark[],
  colors: LakehouseColors,
): ReactNode {
  return marks.map(({ id, kind, atMs }) => {
    const { glyph, color } = MARK_LOOKS[kind];
    return (
      <ReferenceLine
        key={id}
        x={atMs}
        stroke={colors[color]}
        strokeDasharray="2 3"
        label={{
          value: glyph,
          position: 'insideTop',
          fontSize: 12,
          fill: colors[color],
        }}
      />
    );
  });
}
