import type { SloHistory } from '@lakehouse-ops/plugin-lakehouse-common';
import { runPath, runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';

type Runs = Awaited<ReturnType<(typeof runbooksApiRef.T)['getRuns']>>;
/** A run of a runbook. */
export type MarkedRun = Runs['items'][number];

/** What a chart of an SLO marks. */
export type MarkKind = SloHistory['marks'][number]['kind'];

/** Something that happened. */
export interface SloMark {
  readonly id: string;
  readonly kind: MarkKind;
  readonly at: string;
  readonly atMs: number;
  readonly title: string;
  /** Where more of it is shown. */
  readonly path?: string;
}

/** Shape, word and colour of a mark. */
export const MARK_LOOKS: Record<
  MarkKind,
  {
    readonly glyph: string;
    readonly word: string;
    readonly color: 'breached' | 'healthy' | 'text' | 'accent';
  }
> = {
  'alert-fired': { glyph: '■', word: 'alert fired', color: 'breached' },
  'alert-resolved': { glyph: '●', word: 'alert resolved', color: 'healthy' },
  'definition-changed': {
    glyph: '◆',
    word: 'definition changed',
    color: 'text',
  },
  'runbook-run': { glyph: '▶', word: 'runbook run', color: 'accent' },
};

/** What happened, newest first. Runs are taken from the Runbooks plugin where the history tells none. */
export function sloMarks(
  marks: SloHistory['marks'],
  runs: readonly MarkedRun[],
): SloMark[] {
  const told = marks.map(mark => ({
    ...mark,
    id: `${mark.kind} ${mark.at} ${mark.title}`,
    atMs: Date.parse(mark.at),
  }));
  const ran = marks.some(({ kind }) => kind === 'runbook-run')
    ? []
    : runs.map(run => {
        const at = run.startedAt ?? run.createdAt;
        return {
          id: run.id,
          kind: 'runbook-run' as const,
          at,
          atMs: Date.parse(at),
          title: `${run.title}: ${run.state} (${run.target.name})`,
          path: runPath(run.id),
        };
      });
  return [...told, ...ran].sort((a, b) => b.atMs - a.atMs);
}
