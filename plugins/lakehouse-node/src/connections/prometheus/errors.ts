import { connectionErrors } from '../shared/errors';

/** The errors of a connection to Prometheus. */
export const prometheusErrors = connectionErrors('Prometheus');
