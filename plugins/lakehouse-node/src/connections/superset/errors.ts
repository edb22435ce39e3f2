import { connectionErrors } from '../shared/errors';

/** Makes the errors of a Superset connection. */
export const supersetErrors = connectionErrors('Superset');
