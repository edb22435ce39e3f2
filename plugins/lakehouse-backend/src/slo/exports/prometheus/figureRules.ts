import { durationLabel } from '../../figures/durationLabel';
import type { ExportedSlo } from '../ExportedSlo';
import { literal } from '../promql/text';
import type { BurnRateRules } from './burnRateRules';

/**
 * Burn rates as the Lakehouse backend evaluates and exports them: Prometheus
 * does not hold what they are counted from, so there is nothing to record.
 */
export function figureRules({ id }: ExportedSlo): BurnRateRules {
  return {
    record: () => [],
    // Each replica of the backend tells the same.
    burnRate: lookbackMs =>
      `max by (slo, service) (slo_burn_rate{slo=${literal(id)},window=${literal(
        durationLabel(lookbackMs),
      )}})`,
  };
}
