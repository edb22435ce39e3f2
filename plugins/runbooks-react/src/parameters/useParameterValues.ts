import { useCallback, useMemo, useState } from 'react';
import type { JsonObject } from '@backstage/types';
import { getDefaultFormState } from '@rjsf/utils';
import {
  createErrorExplainer,
  formDefaults,
  parameterValidator,
} from './parameterForm';
import { openParameters, type OpenParameters } from './parameterSchema';

/** What a person fills in, and whether it is complete. */
export interface ParameterValues {
  /** `undefined` when there is nothing to ask. */
  readonly open?: OpenParameters;
  readonly values: JsonObject;
  /** Given and filled in together; `undefined` while something is missing. */
  readonly complete?: JsonObject;
  /** What is missing or wrong, each naming its parameter. */
  readonly problems: readonly string[];
  setValues(values: JsonObject): void;
}

function defaultsOf(
  open: OpenParameters | undefined,
  proposed: JsonObject,
): JsonObject {
  if (!open) return {};
  const state = getDefaultFormState(
    parameterValidator,
    open.schema,
    Object.fromEntries(
      Object.entries(proposed).filter(([name]) => open.names.includes(name)),
    ),
    undefined,
    undefined,
    formDefaults,
  );
  return state && !Array.isArray(state) ? withoutEmptyLists(state, open) : {};
}

/** A list whose last entry was taken away is not given any more. */
function withoutEmptyLists(
  values: JsonObject,
  open: OpenParameters,
): JsonObject {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) =>
        !(Array.isArray(value) && value.length === 0) ||
        open.schema.required?.includes(name),
    ),
  );
}

/**
 * Holds the open parameters of a runbook, beginning with what was proposed and
 * else with their defaults.
 */
export function useParameterValues(
  schema: JsonObject,
  given: JsonObject,
  proposed: JsonObject = {},
): ParameterValues {
  const open = useMemo(() => openParameters(schema, given), [schema, given]);
  const [values, setAll] = useState(() => defaultsOf(open, proposed));
  const setValues = useCallback(
    (next: JsonObject) => setAll(open ? withoutEmptyLists(next, open) : next),
    [open],
  );

  const problems = useMemo(() => {
    if (!open) return [];
    const { errors } = parameterValidator.validateFormData(
      values,
      open.schema,
      undefined,
      createErrorExplainer(schema),
    );
    return errors.map(({ message, stack }) => message ?? stack);
  }, [open, schema, values]);

  const complete = useMemo(
    () => (problems.length ? undefined : { ...values, ...given }),
    [problems, values, given],
  );

  return { open, values, complete, problems, setValues };
}
