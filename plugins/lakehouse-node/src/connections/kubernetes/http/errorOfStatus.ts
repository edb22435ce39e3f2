import { quoteBody } from '../../http/quoteBody';
import type {
  ConnectionDeniedError,
  ConnectionUnavailableError,
} from '../../shared/errors';
import type {
  KubernetesAuthConfig,
  KubernetesConnectionConfig,
} from '../config/KubernetesConnectionConfig';
import { kubernetesErrors } from '../errors';

const REMEDY_401: Record<KubernetesAuthConfig['type'], string> = {
  kubeconfig:
    "renew the credentials in the connection's kubeconfig file, or name another context",
  'in-cluster':
    'see whether the service account of the pod that Backstage runs in is still there',
  token: 'renew the token in auth of the connection',
  backstage:
    "renew serviceAccountToken of that cluster in the config of Backstage's Kubernetes plugin",
};

/** Says what a status means that tells of the server and not of an object. */
export function errorOfStatus(options: {
  config: KubernetesConnectionConfig;
  /** Method and path. */
  what: string;
  answer: {
    status: number;
    text: string;
    headers: Readonly<Record<string, string>>;
  };
}): ConnectionDeniedError | ConnectionUnavailableError {
  const { config, what, answer } = options;
  const { status } = answer;
  const connection = config.id;
  const reason = `${status} on ${what}${quoteBody(answer.text)}`;
  if (status === 401) {
    return kubernetesErrors.denied({
      connection,
      status,
      reason,
      remedy: REMEDY_401[config.auth.type],
    });
  }
  if (status === 429) {
    const after = answer.headers['retry-after'];
    return kubernetesErrors.unavailable({
      connection,
      kind: 'server-error',
      status,
      reason: `${reason}; the API server holds requests back${
        after && /^\d{1,6}$/.test(after) ? ` for ${after} s` : ''
      }`,
      remedy:
        "ask less often (schedule of the workloads' collector), or give the connection's user a priority level of its own",
    });
  }
  if (status >= 500) {
    return kubernetesErrors.unavailable({
      connection,
      kind: 'server-error',
      status,
      reason,
      remedy: "look into the API server's log, or at the proxy before it",
    });
  }
  return kubernetesErrors.unavailable({
    connection,
    kind: 'bad-response',
    status,
    reason,
    remedy:
      status < 400
        ? 'write the address that it redirects to; redirects are not followed'
        : 'check that the address of the connection is that of a Kubernetes API server',
  });
}
