import { InputError } from '@backstage/errors';
import type {
  SloDefinition,
  SloExportFormat,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { openSloOf } from './openSloOf';

const FORMATS: Partial<
  Record<SloExportFormat, (slo: SloDefinition) => string>
> = { openslo: openSloOf };

/**
 * Text of an SLO in a format of other tools, as YAML.
 *
 * @throws InputError when the format can't say what the SLO says
 */
export function exportSlo(slo: SloDefinition, format: SloExportFormat): string {
  const write = FORMATS[format];
  if (!write) {
    throw new InputError(
      `SLOs can't be taken elsewhere as '${format}'. format is one of ${Object.keys(
        FORMATS,
      ).join(', ')}.`,
    );
  }
  return write(slo);
}
