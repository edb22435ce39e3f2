import { connectionErrors } from '../shared/errors';

/** The errors of a connection to Trino Gateway. */
export const gatewayErrors = connectionErrors('Trino Gateway');
