import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';

/**
 * The same actions; what goes wrong in a preview is told as `explain` puts it.
 *
 * @param explain - says to a person what an error of the system means for what they asked
 */
export function explainPreviews(
  actions: readonly RunbookAction[],
  explain: (error: unknown) => unknown,
): RunbookAction[] {
  return actions.map(action => ({
    ...action,
    preview: async context => {
      try {
        return await action.preview(context);
      } catch (error) {
        throw explain(error);
      }
    },
  }));
}
