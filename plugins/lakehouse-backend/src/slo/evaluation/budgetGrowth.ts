import type {
  BudgetGrowth,
  SloDefinition,
  SloWindowSpan,
} from '@lakehouse-ops/plugin-lakehouse-common';

/**
 * How the budget of a window grows that is not counted whole yet: of rolling
 * ones until its uncounted beginning has left it, of calendar ones, whose events
 * are not known before, to its end. Undefined where it stays as large.
 */
export function budgetGrowth(options: {
  definition: Pick<SloDefinition, 'window' | 'method'>;
  window: SloWindowSpan;
  /** From when on all objectives are counted. */
  countedFromMs: number | undefined;
  /** How much of the window was observed. */
  observedMs: number;
}): BudgetGrowth | undefined {
  const { definition, window, countedFromMs, observedMs } = options;
  if (observedMs <= 0) return undefined;
  if (definition.window.kind === 'calendar') {
    return definition.method === 'Occurrences' && window.endMs > window.toMs
      ? { countedMs: observedMs, forMs: window.endMs - window.toMs }
      : undefined;
  }
  return countedFromMs !== undefined && countedFromMs > window.fromMs
    ? { countedMs: observedMs, forMs: countedFromMs - window.fromMs }
    : undefined;
}
