import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  type ConnectionEntry,
  readBreaker,
  readConnections,
  readCount,
  readMs,
  readUiUrl,
} from '../../shared/connectionFields';
import { isWorkloadKind, WORKLOAD_KINDS } from '../workloadKinds';
import type {
  KubernetesConnectionConfig,
  KubernetesWorkloadSelection,
} from './KubernetesConnectionConfig';
import { readKubernetesAuth } from './readKubernetesAuth';

const MAX_WORKLOAD_ENTRIES = 50;
/** RFC 1123 label: what a namespace can be named. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** Characters of a label selector; what it means is the API server's to say. */
const SELECTOR = /^[\w\s./(),=!-]{1,500}$/;

/** Where connections to Kubernetes stand in app-config. */
export const KUBERNETES_CONFIG_KEY = 'lakehouse.kubernetes.connections';

/**
 * Reads `lakehouse.kubernetes.connections`.
 *
 * @throws InputError that names the field when one is missing or can't be used
 * @public
 */
export function readKubernetesConnectionsConfig(
  config: Config,
): KubernetesConnectionConfig[] {
  return readConnections(config, {
    key: KUBERNETES_CONFIG_KEY,
    read: at => ({
      id: at.id,
      title: at.title,
      uiUrl: readUiUrl(at),
      auth: readKubernetesAuth(config, at),
      workloads: readSelections(at),
      requestTimeoutMs: readMs(at, {
        key: 'requestTimeout',
        otherwise: { seconds: 15 },
      }),
      maxResponseBytes: readCount(at, {
        key: 'maxResponseBytes',
        otherwise: 16 * 1024 * 1024,
      }),
      pageSize: readCount(at, { key: 'pageSize', otherwise: 250 }),
      maxItems: readCount(at, { key: 'maxItems', otherwise: 2000 }),
      capabilitiesTtlMs: readMs(at, {
        key: 'capabilitiesTtl',
        otherwise: { minutes: 10 },
      }),
      breaker: readBreaker(at),
    }),
  });
}

function readSelections({
  entry,
  at,
}: ConnectionEntry): KubernetesWorkloadSelection[] {
  const entries = entry.getOptionalConfigArray('workloads') ?? [];
  if (entries.length > MAX_WORKLOAD_ENTRIES) {
    throw new InputError(
      `${at}.workloads has ${entries.length} entries, and at most ${MAX_WORKLOAD_ENTRIES} are looked at. Select more with one entry, or make a second connection.`,
    );
  }
  return entries.map((one, index) =>
    readSelection({ entry: one, at: `${at}.workloads[${index}]` }),
  );
}

function readSelection(at: ConnectionEntry): KubernetesWorkloadSelection {
  const { entry } = at;
  const namespace = entry.getString('namespace');
  if (!NAMESPACE.test(namespace)) {
    throw new InputError(
      `${at.at}.namespace is '${namespace}', which is no name of a namespace. Write one namespace; make an entry for each.`,
    );
  }
  const selector = entry.getOptionalString('selector');
  if (selector !== undefined && !SELECTOR.test(selector)) {
    throw new InputError(
      `${at.at}.selector is '${selector}'. Write labels as kubectl's -l takes them, for example app=trino,component in (worker, coordinator).`,
    );
  }
  return {
    of: entry.getOptionalString('of'),
    namespace,
    selector,
    kinds: readKinds(at),
    scale: readScale(at),
  };
}

function readKinds({ entry, at }: ConnectionEntry) {
  const names = entry.getOptionalStringArray('kinds') ?? WORKLOAD_KINDS;
  return [...new Set(names)].map(name => {
    if (!isWorkloadKind(name)) {
      throw new InputError(
        `${at}.kinds holds '${name}'. Write ${WORKLOAD_KINDS.join(', ')}.`,
      );
    }
    return name;
  });
}

function readScale({ entry, at }: ConnectionEntry) {
  const scale = entry.getOptionalConfig('scale');
  if (!scale) return undefined;
  const min = scale.getNumber('min');
  const max = scale.getNumber('max');
  if (
    !Number.isSafeInteger(min) ||
    !Number.isSafeInteger(max) ||
    min < 0 ||
    max < min
  ) {
    throw new InputError(
      `${at}.scale is from ${min} to ${max}. Write whole numbers from 0 on, min not above max.`,
    );
  }
  return { min, max };
}
