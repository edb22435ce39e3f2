import type { JsonObject } from '@backstage/types';
import type {
  RunbookSection,
  RunbookStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { buildStep } from './buildStep';
import { readBy } from './fields';
import { MAX_STEPS } from './limits';
import type { Problems } from './Problems';
import type { FieldPath } from './YamlSource';
import type { StepKind } from './writtenSchemas';

/** A step, and where it stands. */
export interface PlacedStep {
  readonly step: RunbookStep;
  readonly section: RunbookSection;
  readonly path: FieldPath;
}

const KINDS: readonly StepKind[] = [
  'action',
  'check',
  'verify',
  'manual',
  'approval',
];

const looseStep = z.record(z.string(), z.json());

/** Reads the steps of a section; those that can't be read are told. */
export function readSteps(options: {
  section: RunbookSection;
  written: readonly unknown[];
  problems: Problems;
}): PlacedStep[] {
  const { section, written, problems } = options;
  const at: FieldPath = ['spec', section];
  if (section === 'steps' && !written.length) {
    problems.error(at, 'There are no steps. Write at least one.');
  }
  if (written.length > MAX_STEPS) {
    problems.error(
      at,
      `There are more than the ${MAX_STEPS} steps that may be here. Split the runbook.`,
    );
    return [];
  }
  return written.flatMap((value, index) => {
    const path = [...at, index];
    const loose = readBy({ schema: looseStep, value, path, problems });
    const kind = loose && kindOf(loose, { path, problems });
    const step = kind && buildStep({ kind, value: loose, path, problems });
    return step ? [{ step, section, path }] : [];
  });
}

function kindOf(
  step: JsonObject,
  options: { path: FieldPath; problems: Problems },
): StepKind | undefined {
  const { path, problems } = options;
  const kinds = KINDS.filter(kind => Object.hasOwn(step, kind));
  if (kinds.length === 1) return kinds[0];
  problems.error(
    path,
    kinds.length
      ? `A step does one thing, and this one says ${kinds.join(
          ' and ',
        )}. Make it several steps.`
      : `Nothing says what this step does. Write one of the fields ${KINDS.join(
          ', ',
        )}.`,
  );
  return undefined;
}
