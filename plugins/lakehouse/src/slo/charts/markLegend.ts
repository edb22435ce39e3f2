import type { LegendEntry } from '../../components/charts';
import type { LakehouseColors } from '../../components/useLakehouseColors';
import { MARK_LOOKS, MarkKind } from './sloMarks';

/** What the signs on a chart stand for, each kind once. */
export function markLegend(
  kinds: readonly MarkKind[],
  colors: LakehouseColors,
): LegendEntry[] {
  return [...new Set(kinds)].map(kind => {
    const { glyph, word, color } = MARK_LOOKS[kind];
    return {
      label: `${glyph} ${word}`,
      color: colors[color],
      mark: 'dashed' as const,
    };
  });
}
