import { InputError } from '@backstage/errors';
import {
  parseTableRef,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** The table whose drawer a URL opens; undefined when it names none that can be read. */
export function readOpenTable(params: URLSearchParams): TableRef | undefined {
  const text = params.get('open');
  if (!text) return undefined;
  try {
    return parseTableRef(text);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
