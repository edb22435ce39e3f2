import { InputError } from '@backstage/errors';
import type { SloExportFormat } from '@lakehouse-ops/plugin-lakehouse-common';
import type { ExportedSlo } from './ExportedSlo';
import { openSloOf } from './openslo/openSloOf';
import { prometheusRulesOf } from './prometheus/prometheusRulesOf';
import { slothOf } from './sloth/slothOf';

const FORMATS: Readonly<Record<SloExportFormat, (slo: ExportedSlo) => string>> =
  {
    openslo: ({ definition }) => openSloOf(definition),
    sloth: slothOf,
    prometheus: prometheusRulesOf,
  };

/**
 * Text of an SLO in a format of other tools, as YAML.
 *
 * @throws InputError when the format can't say what the SLO says
 */
export function exportSlo(slo: ExportedSlo, format: SloExportFormat): string {
  if (!Object.hasOwn(FORMATS, format)) {
    throw new InputError(
      `SLOs can't be taken elsewhere as '${format}'. format is one of ${Object.keys(
        FORMATS,
      ).join(', ')}.`,
    );
  }
  return FORMATS[format](slo);
}
