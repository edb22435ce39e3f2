/** What stands over every object. */
export function renderMeta(options: {
  name: string;
  namespace: string;
  uid: string;
  resourceVersion: number;
  createdMs: number;
  generation?: number;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
  deletedMs?: number;
  owner?: { apiVersion: string; kind: string; name: string; uid: string };
}) {
  const { owner } = options;
  return {
    name: options.name,
    namespace: options.namespace,
    uid: options.uid,
    resourceVersion: String(options.resourceVersion),
    generation: options.generation,
    creationTimestamp: seconds(options.createdMs),
    deletionTimestamp:
      options.deletedMs === undefined ? undefined : seconds(options.deletedMs),
    labels: options.labels,
    annotations:
      Object.keys(options.annotations ?? {}).length > 0
        ? options.annotations
        : undefined,
    ownerReferences: owner && [
      { ...owner, controller: true, blockOwnerDeletion: true },
    ],
  };
}

/** Kubernetes' times have whole seconds. */
export function seconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
