import type {
  SloDefinition,
  SloProblem,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { parseSloFile } from './parseSloFiles';
import { isUsable, SloFileFormat, SloParseContext } from './SloFile';

/** What a text would mean as a file of definitions. */
export interface SloFileCheck {
  /** Whether it could be used as it is. */
  readonly usable: boolean;
  readonly format?: SloFileFormat;
  readonly problems: readonly SloProblem[];
  /** What it defines, as far as it can be read. */
  readonly definitions: readonly SloDefinition[];
}

/** Checks a text as a file of definitions, without keeping anything of it. Never throws. */
export function validateSloFile(
  text: string,
  context: SloParseContext,
): SloFileCheck {
  const parsed = parseSloFile({ location: 'this file', text }, context);
  return {
    usable: isUsable(parsed),
    format: parsed.format,
    problems: parsed.problems,
    definitions: parsed.slos.map(({ definition }) => definition),
  };
}
