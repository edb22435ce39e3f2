import { NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import type { SupersetConnectionConfig } from '../config';
import type { SupersetHttp } from '../http/SupersetHttp';
import type {
  SupersetDashboard,
  SupersetDataset,
  SupersetDatasetUse,
  SupersetList,
} from '../SupersetConnection';
import { listPages } from './listPages';
import {
  chartSchema,
  dashboardSchema,
  datasetSchema,
  datasetUseSchema,
} from './schemas';

/** Where the lists are, what of them is asked, and by what they can be ordered. */
export const OBJECTS = {
  dashboards: {
    what: 'The list of dashboards',
    path: '/api/v1/dashboard/',
    order: 'changed_on',
    columns: [
      'id',
      'uuid',
      'slug',
      'dashboard_title',
      'published',
      'changed_on_utc',
      'url',
      'owners.id',
      'owners.first_name',
      'owners.last_name',
      'editors.id',
      'editors.label',
    ],
    schema: dashboardSchema,
  },
  charts: {
    what: 'The list of charts',
    path: '/api/v1/chart/',
    order: 'changed_on_delta_humanized',
    columns: [
      'id',
      'slice_name',
      'datasource_id',
      'datasource_type',
      'cache_timeout',
      'changed_on_utc',
      'dashboards.id',
    ],
    schema: chartSchema,
  },
  datasets: {
    what: 'The list of datasets',
    path: '/api/v1/dataset/',
    order: 'changed_on_delta_humanized',
    columns: [
      'id',
      'table_name',
      'catalog',
      'schema',
      'sql',
      'changed_on_utc',
      'database.id',
      'database.database_name',
    ],
    schema: datasetSchema,
  },
} as const;

interface Asked {
  readonly http: SupersetHttp;
  readonly config: SupersetConnectionConfig;
  readonly signal?: AbortSignal;
}

/** A whole list of dashboards, charts or datasets, in an order that holds while it is read. */
export async function listObjects<T extends { readonly id: string }>(
  options: Asked & {
    kind: {
      what: string;
      path: string;
      columns: readonly string[];
      order: string;
      schema: z.ZodType<T>;
    };
    filters?: ReadonlyArray<{
      col: string;
      opr: string;
      value: string | number;
    }>;
  },
): Promise<SupersetList<T>> {
  const { kind } = options;
  const listed = await listPages({
    http: options.http,
    what: kind.what,
    path: kind.path,
    query: {
      columns: kind.columns,
      order: { column: kind.order, direction: 'asc' },
      filters: options.filters,
    },
    schema: kind.schema,
    signal: options.signal,
    maxItems: options.config.maxObjects,
  });
  if ('items' in listed) return listed;
  throw new Error('A list without other statuses is always read.');
}

/** @throws NotFoundError when the account sees no such dashboard */
export async function readDashboard(
  options: Asked & { idOrUuid: string },
): Promise<SupersetDashboard> {
  const reply = await options.http.reply({
    what: 'The dashboard',
    method: 'GET',
    path: `/api/v1/dashboard/${encodeURIComponent(options.idOrUuid)}`,
    signal: options.signal,
    statuses: [403, 404],
    schema: z.object({ result: dashboardSchema }),
  });
  if (reply.body) return reply.body.result;
  throw new NotFoundError(
    `Superset shows this account no dashboard ${options.idOrUuid} (${reply.status}). It was deleted, is a draft of others, or reads datasets that the account may not.`,
  );
}

/** @throws NotFoundError when the account sees no such dataset */
export async function readDataset(
  options: Asked & { id: string },
): Promise<SupersetDataset> {
  const reply = await options.http.reply({
    what: 'The dataset',
    method: 'GET',
    path: `/api/v1/dataset/${encodeURIComponent(options.id)}`,
    signal: options.signal,
    statuses: [403, 404],
    schema: z.object({ result: datasetSchema }),
  });
  if (reply.body) return reply.body.result;
  throw noDataset(options.id, reply.status);
}

/** @throws NotFoundError when the account sees no such dataset */
export async function readDatasetUse(
  options: Asked & { id: string },
): Promise<SupersetDatasetUse> {
  const reply = await options.http.reply({
    what: 'What is made of the dataset',
    method: 'GET',
    path: `/api/v1/dataset/${encodeURIComponent(options.id)}/related_objects`,
    signal: options.signal,
    statuses: [404],
    schema: datasetUseSchema,
  });
  if (reply.body) return reply.body;
  throw noDataset(options.id, reply.status);
}

function noDataset(id: string, status: number) {
  return new NotFoundError(
    `Superset shows this account no dataset ${id} (${status}). It was deleted, or the account may not read it.`,
  );
}
