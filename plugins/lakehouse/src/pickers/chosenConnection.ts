import type { RunbookPickerRequest } from '@lakehouse-ops/plugin-runbooks-react';

/** The connection that a form names: by its picker, or by the name that all actions give it. */
export function chosenConnection(
  { parameters, valueOf }: RunbookPickerRequest,
  picker: string,
): string | undefined {
  const { connection } = parameters;
  return (
    valueOf(picker) ??
    (typeof connection === 'string' && connection ? connection : undefined)
  );
}
