import type { JsonObject, JsonValue } from '@backstage/types';
import type {
  ActionStep,
  CheckStep,
  RunTarget,
  VerifyStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import type {
  RunbookAction,
  RunLog,
} from '@lakehouse-ops/plugin-runbooks-node';
import { InputError } from '@backstage/errors';
import type { ExecutionWork } from '../ExecutionWork';
import { MAX_NOTE_LENGTH } from '../limits';
import { parseParameters } from '../parseParameters';
import { resolveInput } from './resolveInput';
import { readingCredentials, type Walk } from './Walk';

/** A step that calls an action, or one entry of its list. */
export interface ActionInstance {
  readonly key: string;
  readonly step: ActionStep | CheckStep | VerifyStep;
  readonly item?: {
    readonly index: number;
    readonly label: string;
    readonly value: JsonValue;
  };
}

/** An instance with all that its action's hooks are given. */
export interface PreparedAction {
  readonly action: RunbookAction;
  readonly target: RunTarget;
  readonly work: ExecutionWork;
  /** As it is kept. */
  readonly input: JsonObject;
}

/**
 * Finds the action and works out its input, which is noted before it is used.
 *
 * @throws NotFoundError; InputError that names what can't be worked out
 */
export async function prepareAction(
  walk: Walk,
  { key, step, item }: ActionInstance,
): Promise<PreparedAction> {
  const { session, registry, stop, cancel } = walk;
  const action = registry.get(step.action);
  const resolved = resolveInput(walk, {
    key,
    action,
    template: step.input,
    extras: item && { item: item.value, index: item.index },
  });
  const input = parseParameters(action.schema.input, resolved.input);
  if (Object.keys(resolved.record).length > 1) {
    session.note({ records: [resolved.record] });
  }
  const record = session.stepRecord(key);
  return {
    action,
    target: action.target(input),
    input: record.input ?? session.run.parameters,
    work: {
      action,
      input,
      runId: session.run.id,
      log: item ? labelled(session.log, item.label) : session.log,
      credentials: await readingCredentials(walk),
      // Of a step that is previewed when it is reached there is none before.
      get fingerprint() {
        return (
          session.stepRecord(key).fingerprint ??
          (walk.plan.single ? session.record.fingerprint : {})
        );
      },
      memory: () => memoryOf(walk, key),
      remember: async note => {
        const memory = { ...memoryOf(walk, key), ...note };
        if (JSON.stringify(memory).length > MAX_NOTE_LENGTH) {
          throw new InputError(
            `An action may remember at most ${MAX_NOTE_LENGTH} characters about a run`,
          );
        }
        await session.commit({ records: [{ key, memory }] });
      },
      stop,
      cancel,
    },
  };
}

function memoryOf({ session, plan }: Walk, key: string): JsonObject {
  const { memory } = session.stepRecord(key);
  return memory ?? (plan.single ? session.record.memory : {});
}

/** Says of each line which entry of the list it is of. */
function labelled(log: RunLog, label: string): RunLog {
  const says = (message: string) => `${label}: ${message}`;
  return {
    info: message => log.info(says(message)),
    warn: message => log.warn(says(message)),
    error: message => log.error(says(message)),
    progress: (share, message) => log.progress(share, says(message)),
  };
}
