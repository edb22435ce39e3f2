import type { LakehouseSystem } from '@lakehouse-ops/plugin-lakehouse-common';
import { CONNECTION_CONFIG } from '../entity/annotationHints';

const snippet = (key: string, ...lines: string[]) =>
  ['lakehouse:', `  ${key}:`, '    connections:', ...lines].join('\n');

/** What to put into the app's config for a first connection to a system. */
export const SYSTEM_CONFIG: Record<LakehouseSystem, string> = {
  trino: CONNECTION_CONFIG,
  redis: snippet(
    'redis',
    '      - id: sessions',
    '        title: Sessions cache',
    '        url: redis://redis.example.com:6379',
  ),
  superset: snippet(
    'superset',
    '      - id: bi',
    '        title: Superset',
    '        url: https://superset.example.com',
  ),
  kubernetes: snippet(
    'kubernetes',
    '      - id: production',
    '        title: Production Kubernetes',
  ),
  prometheus: snippet(
    'prometheus',
    '      - id: prometheus',
    '        url: https://prometheus.example.com',
  ),
  'trino-gateway': snippet(
    'trinoGateway',
    '      - id: gateway',
    '        url: https://gateway.example.com',
  ),
};
