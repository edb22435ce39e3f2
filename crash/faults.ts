import type { BackendFeature } from '@backstage/backend-plugin-api';
import type {
  RunbookAction,
  RunbookActionsExtensionPoint,
} from '@lakehouse-ops/plugin-runbooks-node';

/**
 * Where a process can be made to die, in the order in which a run passes them:
 * it has looked and not yet written that it begins; it has written it; it is in
 * the middle; the system has done it; it has written that it is done.
 */
export const POINTS = [
  'before-intent',
  'after-intent',
  'during',
  'after-effect',
  'after-result',
] as const;

export type Point = (typeof POINTS)[number];

/** Long enough for a request to be on its way, in actions that keep no notes. */
const MIDDLE_MS = 120;

/** Told to whoever started this process, once for each run. */
export interface Reached {
  readonly reached: Point;
  readonly actionId: string;
  readonly runId?: string;
}

const never = () => new Promise<never>(() => {});

/**
 * Makes each run of an action stop for ever at a point, and tell that it is
 * there: whoever started the process then kills it.
 */
function freezeAt(
  point: Point,
  action: RunbookAction,
  tell: (reached: Reached) => void,
): RunbookAction {
  const { id: actionId } = action;
  const looked = new Set<string>();
  const stop = async (runId?: string) => {
    tell({ reached: point, actionId, runId });
    return never();
  };
  return {
    ...action,
    async preview(context) {
      const seen = await action.preview(context);
      const key = JSON.stringify(context.input);
      // The first look is the preview, the second that of the run itself.
      if (point === 'before-intent' && looked.has(key)) await stop();
      looked.add(key);
      return seen;
    },
    async execute(context) {
      const { runId } = context;
      if (point === 'after-intent') await stop(runId);
      if (point !== 'during') {
        const output = await action.execute(context);
        if (point === 'after-effect') await stop(runId);
        return output;
      }
      const middle = new Promise<void>(resolve => {
        setTimeout(resolve, MIDDLE_MS).unref();
        action
          .execute({
            ...context,
            remember: async note => {
              await context.remember(note);
              resolve();
              await never();
            },
          })
          .catch(error => context.log.error(String(error)));
      });
      await middle;
      return stop(runId);
    },
    async verify(context) {
      if (point === 'after-result') await stop(context.runId);
      return action.verify(context);
    },
  };
}

interface Registration {
  readonly type: string;
  readonly init: { func(deps: Record<string, unknown>): Promise<void> };
}

function isRegistering(
  feature: object,
): feature is { getRegistrations(): Registration[] } {
  return 'getRegistrations' in feature;
}

/**
 * The same module, whose actions are changed on their way into the Runbooks
 * backend.
 */
export function changeActions(
  feature: BackendFeature,
  change: (action: RunbookAction) => RunbookAction,
): BackendFeature {
  if (!isRegistering(feature)) throw new Error('This is no backend module');
  const registrations = feature.getRegistrations();
  const changed = {
    ...feature,
    getRegistrations: () =>
      registrations.map(registration => ({
        ...registration,
        init: {
          ...registration.init,
          func: (deps: Record<string, unknown>) => {
            const point: RunbookActionsExtensionPoint = {
              addActions: (...actions) =>
                Object(deps.actions).addActions(...actions.map(change)),
            };
            return registration.init.func({ ...deps, actions: point });
          },
        },
      })),
  };
  return changed;
}

/** The module with all its actions stopping at a point. */
export function withFault(
  feature: BackendFeature,
  point: Point,
): BackendFeature {
  return changeActions(feature, action =>
    freezeAt(point, action, reached => process.send?.(reached)),
  );
}
