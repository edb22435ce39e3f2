import type { z } from 'zod';

/** What a request does, as RBAC rules name it. */
export interface KubernetesRight {
  readonly verb: 'get' | 'list' | 'patch' | 'create';
  /** `apps`; empty for the core group. */
  readonly group: string;
  /** `deployments`, `deployments/scale`. */
  readonly resource: string;
  readonly namespace?: string;
}

/** One request to an API server. */
export interface KubernetesRequest<T> {
  readonly right: KubernetesRight;
  /** The object, when it is one. */
  readonly name?: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly schema: z.ZodType<T>;
  readonly signal?: AbortSignal;
  /** Only for what is safe to repeat. */
  readonly retry?: boolean;
}
