export interface KubernetesReply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  410: 'Expired',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
};

/** A Status of Kubernetes' API that says what went wrong. */
export function failure(
  status: number,
  message: string,
  headers?: Record<string, string>,
): KubernetesReply {
  return {
    status,
    headers,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason: REASONS[status] ?? 'Unknown',
      code: status,
    },
  };
}

export function found(body: unknown, status = 200): KubernetesReply {
  return { status, body };
}
