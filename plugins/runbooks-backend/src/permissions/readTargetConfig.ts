import type { Config } from '@backstage/config';

const UNSET_ANNOTATIONS = [
  'lakehouse-ops.io/table',
  'lakehouse-ops.io/cache',
  'lakehouse-ops.io/dashboard',
  'lakehouse-ops.io/trino-cluster',
];
const UNSET_ENVIRONMENT_KEY = 'lakehouse-ops.io/environment';

/** How targets are found in the catalog, and which environments they belong to. */
export interface TargetConfig {
  /** Annotations of the form `<connection>` or `<connection>/<name>`. */
  readonly annotations: readonly string[];
  /** Label or annotation of an entity that tells its environment. */
  readonly environmentKey: string;
  /** By connection id; goes before what the catalog tells. */
  readonly environments: ReadonlyMap<string, string>;
}

/** Reads `runbooks.targets` and `runbooks.environments`. */
export function readTargetConfig(config: Config | undefined): TargetConfig {
  const environments = config?.getOptionalConfig('environments');
  return {
    annotations:
      config?.getOptionalStringArray('targets.annotations') ??
      UNSET_ANNOTATIONS,
    environmentKey:
      config?.getOptionalString('targets.environmentKey') ??
      UNSET_ENVIRONMENT_KEY,
    environments: new Map(
      (environments?.keys() ?? []).map(connection => [
        connection,
        environments?.getString(connection) ?? '',
      ]),
    ),
  };
}
