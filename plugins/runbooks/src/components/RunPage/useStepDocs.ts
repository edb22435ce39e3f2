import { useMemo } from 'react';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { useRunbookDetail } from '@lakehouse-ops/plugin-runbooks-react';

/** What a runbook's author wrote about its steps. */
export interface StepDocs {
  /** Markdown by step id. */
  readonly docs: ReadonlyMap<string, string>;
  /** The runbook is another version by now, so its words are not those of this run. */
  readonly changed: boolean;
}

const NONE: StepDocs = { docs: new Map(), changed: false };

/** Reads the docs of a run's steps, if the runbook is still the same version. */
export function useStepDocs(run: Run): StepDocs {
  const { runbookId, definitionHash } = run;
  const { detail } = useRunbookDetail(definitionHash ? runbookId : undefined);
  return useMemo(() => {
    if (!detail?.definition) return NONE;
    if (detail.definitionHash !== definitionHash) {
      return { ...NONE, changed: true };
    }
    const { steps, onFailure, finally: atEnd } = detail.definition;
    return {
      docs: new Map(
        [...steps, ...onFailure, ...atEnd].flatMap(({ id, docs }) =>
          docs ? [[id, docs] as const] : [],
        ),
      ),
      changed: false,
    };
  }, [detail, definitionHash]);
}
