import { connectionErrors } from '../shared/errors';

/** Makes the errors of a connection to Kubernetes. */
export const kubernetesErrors = connectionErrors('Kubernetes');
