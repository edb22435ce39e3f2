import type { TrinoConnectionConfig } from '../config';
import { TrinoUnavailableError } from '../errors';

/** The error of a statement whose next page the coordinator knows nothing of. */
export function errorOfForgottenQuery(
  config: TrinoConnectionConfig,
  answer: { queryId: string | undefined; status: number },
): TrinoUnavailableError {
  return new TrinoUnavailableError({
    connection: config.id,
    kind: 'server-error',
    status: answer.status,
    reason: `the coordinator does not know query ${
      answer.queryId ?? ''
    } any more (${
      answer.status
    }): it was restarted meanwhile, or has dropped it`,
    remedy: 'run the statement again',
  });
}
