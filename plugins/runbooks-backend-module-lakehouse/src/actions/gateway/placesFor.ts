import type { GatewayBackend } from '@lakehouse-ops/plugin-lakehouse-common';

/** Where the new queries of a backend go when it takes none. */
export interface PlacesFor {
  /** Others of its group that take them. */
  readonly inGroup: readonly string[];
  /** Those of the default group, where the gateway sends them silently otherwise. */
  readonly inDefaultGroup: readonly string[];
}

/** Which other backends take new queries of a backend's group: the active ones that are not known to be unwell. */
export function placesFor(options: {
  backend: GatewayBackend;
  backends: readonly GatewayBackend[];
  defaultRoutingGroup: string;
}): PlacesFor {
  const { backend, backends, defaultRoutingGroup } = options;
  const usable = (group: string) =>
    backends
      .filter(
        one =>
          one.name !== backend.name &&
          one.routingGroup === group &&
          one.active &&
          // A monitor that looks at nothing calls all of them unknown.
          (one.health === 'healthy' || one.health === 'unknown'),
      )
      .map(({ name }) => name);
  return {
    inGroup: usable(backend.routingGroup),
    inDefaultGroup: usable(defaultRoutingGroup),
  };
}
