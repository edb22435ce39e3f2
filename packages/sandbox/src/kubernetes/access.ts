import { SANDBOX_NAMESPACE } from './seedKubernetes';

/** Who may ask the sandbox, each known by a token of their own. @public */
export const KUBERNETES_SANDBOX_TOKENS = {
  operator: 'sandbox-operator',
  viewer: 'sandbox-viewer',
} as const;

export type KubernetesUser = keyof typeof KUBERNETES_SANDBOX_TOKENS;

export interface AccessRequest {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
}

const VIEWED: Readonly<Record<string, readonly string[]>> = {
  '': ['pods', 'events'],
  apps: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
  autoscaling: ['horizontalpodautoscalers'],
  policy: ['poddisruptionbudgets'],
};

/** The user that a request's token names. */
export function authenticateToken(
  authorization: string | undefined,
): KubernetesUser | undefined {
  const token = authorization?.replace(/^Bearer /, '');
  if (token === KUBERNETES_SANDBOX_TOKENS.operator) return 'operator';
  return token === KUBERNETES_SANDBOX_TOKENS.viewer ? 'viewer' : undefined;
}

/** Roles: both users may look at the lakehouse's namespace, the operator may patch workloads there. */
export function isAllowed(user: KubernetesUser, request: AccessRequest) {
  if (request.resource === 'selfsubjectaccessreviews') return true;
  if (request.namespace !== SANDBOX_NAMESPACE) return false;
  const isKnown = VIEWED[request.group]?.includes(request.resource) ?? false;
  if (!isKnown) return false;
  if (['get', 'list', 'watch'].includes(request.verb)) return true;
  return (
    user === 'operator' && request.verb === 'patch' && request.group === 'apps'
  );
}

/** A refusal in the API server's words. */
export function forbiddenMessage(
  user: KubernetesUser,
  request: AccessRequest & { name?: string },
): string {
  const { verb, group, resource, subresource, namespace, name } = request;
  const object = `${resource}${group ? `.${group}` : ''}${
    name ? ` "${name}"` : ''
  }`;
  return `${object} is forbidden: User "system:serviceaccount:${SANDBOX_NAMESPACE}:${user}" cannot ${verb} resource "${resource}${
    subresource ? `/${subresource}` : ''
  }" in API group "${group}"${
    namespace ? ` in the namespace "${namespace}"` : ' at the cluster scope'
  }`;
}
