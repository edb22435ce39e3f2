import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import {
  limitText,
  MAX_PREVIEW_CELL_LENGTH,
  MAX_PREVIEW_ITEMS,
  MAX_PREVIEW_ROWS,
  MAX_PREVIEW_TEXT_LENGTH,
} from './limits';

/** Cuts what an action wants to show to what is kept and sent. */
export function boundPreviewContent(content: PreviewContent): PreviewContent {
  const { samples } = content;
  return {
    summary: limitText(content.summary, MAX_PREVIEW_TEXT_LENGTH),
    changes: content.changes.slice(0, MAX_PREVIEW_ITEMS).map(change => ({
      ...change,
      label: limitText(change.label, MAX_PREVIEW_CELL_LENGTH),
      before: limitFigure(change.before),
      after: limitFigure(change.after),
    })),
    samples: samples && {
      columns: samples.columns.slice(0, MAX_PREVIEW_ITEMS),
      rows: samples.rows
        .slice(0, MAX_PREVIEW_ROWS)
        .map(row =>
          row
            .slice(0, MAX_PREVIEW_ITEMS)
            .map(cell => limitText(cell, MAX_PREVIEW_CELL_LENGTH)),
        ),
      total: samples.total,
    },
    untouched: limitTexts(content.untouched),
    warnings: limitTexts(content.warnings),
  };
}

function limitTexts(texts: readonly string[]): string[] {
  return texts
    .slice(0, MAX_PREVIEW_ITEMS)
    .map(text => limitText(text, MAX_PREVIEW_TEXT_LENGTH));
}

function limitFigure(
  figure: string | number | undefined,
): string | number | undefined {
  return typeof figure === 'string'
    ? limitText(figure, MAX_PREVIEW_TEXT_LENGTH)
    : figure;
}
