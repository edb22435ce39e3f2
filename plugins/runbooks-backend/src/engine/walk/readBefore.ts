import { toError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import type {
  RunbookStep,
  VerifyStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { StepRecord } from '../../store/RunStore';
import { SECTIONS } from '../initialSteps';
import { keptOutput } from './keptOutput';
import { readAction } from './readAction';
import type { Walk } from './Walk';

/**
 * What verify steps compare with, read right before the first step that acts;
 * never again after it was kept.
 */
export async function readBefore(walk: Walk, step: RunbookStep): Promise<void> {
  const { session, plan, registry } = walk;
  if (step.kind !== 'action' || session.stepRecord('').beforeRead) return;
  if (registry.find(step.action)?.attributes.readOnly !== false) return;
  const compared = SECTIONS.flatMap(section => plan.sections[section]).filter(
    (one): one is VerifyStep =>
      one.kind === 'verify' && session.stepRecord(one.id).state === undefined,
  );
  if (compared.length === 0) return;
  const records: StepRecord[] = [];
  for (const one of compared) {
    const before = await readOrNull(walk, one);
    if (walk.stop.aborted || walk.cancel.aborted) return;
    // What was worked out for this read may come out otherwise later.
    records.push({ key: one.id, before, input: undefined, hasSecrets: false });
  }
  session.note({ records: [{ key: '', beforeRead: true }, ...records] });
}

async function readOrNull(walk: Walk, step: VerifyStep): Promise<JsonValue> {
  try {
    return keptOutput(walk, await readAction(walk, step));
  } catch (error) {
    walk.session.log.info(
      `How it was before could not be read for ${step.title}: ${
        toError(error).message
      }`,
    );
    return null;
  }
}
