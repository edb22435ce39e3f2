import { NotFoundError } from '@backstage/errors';
import { encode } from 'rison';
import { z } from 'zod';
import type { SupersetConnectionConfig } from '../config';
import { errorOfStatus } from '../http/errorOfStatus';
import type { SupersetHttp } from '../http/SupersetHttp';
import type {
  SupersetAlert,
  SupersetList,
  SupersetListedAlert,
  SupersetLogRow,
} from '../SupersetConnection';
import { listPages } from './listPages';
import { alertSchema, listedAlertSchema, logRowSchema } from './schemas';

const PATH = '/api/v1/report/';
const MOST_LOG_ROWS = 100;
const COLUMNS = [
  'id',
  'name',
  'type',
  'active',
  'last_state',
  'last_eval_dttm',
  'changed_on',
  'crontab',
  'timezone',
  'chart_id',
  'dashboard_id',
  'owners.id',
  'owners.first_name',
  'owners.last_name',
  'editors.id',
  'editors.label',
];

const executedSchema = z.object({ execution_id: z.string().nullish() });

interface Asked {
  readonly http: SupersetHttp;
  readonly config: SupersetConnectionConfig;
  readonly signal?: AbortSignal;
}

/** All alerts and reports that the account sees. 404 means that they are switched off: Superset then answers so to all of its report API. */
export async function listAlerts(
  options: Asked,
): Promise<SupersetList<SupersetListedAlert> & { off?: boolean }> {
  const listed = await listPages({
    http: options.http,
    what: 'The list of alerts',
    path: PATH,
    query: { columns: COLUMNS, order: { column: 'name', direction: 'asc' } },
    schema: listedAlertSchema,
    signal: options.signal,
    statuses: [404],
    maxItems: options.config.maxObjects,
  });
  if ('items' in listed) return listed;
  if (!isJson(listed.text)) {
    // Superset's own 404 is JSON: something else answered.
    throw errorOfStatus({
      config: options.config,
      what: `GET ${PATH}`,
      answer: listed,
    });
  }
  return { items: [], total: 0, off: true };
}

/** @throws NotFoundError when the account sees no such alert */
export async function readAlert(
  options: Asked & { id: string },
): Promise<SupersetAlert> {
  const reply = await options.http.reply({
    what: 'The alert',
    method: 'GET',
    path: `${PATH}${encodeURIComponent(options.id)}`,
    signal: options.signal,
    statuses: [404],
    schema: z.object({ result: alertSchema }),
  });
  if (!reply.body) throw notFound(options.id);
  return reply.body.result;
}

/** Newest first. */
export async function readAlertLog(
  options: Asked & { id: string; limit?: number },
): Promise<SupersetLogRow[]> {
  const q = encode({
    order_column: 'start_dttm',
    order_direction: 'desc',
    page: 0,
    page_size: Math.min(options.limit ?? MOST_LOG_ROWS, MOST_LOG_ROWS),
  });
  const reply = await options.http.reply({
    what: 'The execution log',
    method: 'GET',
    path: `${PATH}${encodeURIComponent(options.id)}/log/?q=${encodeURIComponent(
      q,
    )}`,
    signal: options.signal,
    statuses: [404],
    schema: z.object({ result: z.array(logRowSchema) }),
  });
  if (!reply.body) throw notFound(options.id);
  // Rows of one start stand in any order: the later row has the higher id.
  return [...reply.body.result].sort(
    (a, b) =>
      (b.startedAt ?? '').localeCompare(a.startedAt ?? '') ||
      Number(b.id) - Number(a.id),
  );
}

/** @throws NotFoundError when this Superset can't, or sees no such alert */
export async function executeAlert(
  options: Asked & { id: string },
): Promise<{ executionId?: string }> {
  const reply = await options.http.reply({
    what: 'The answer to running an alert',
    method: 'POST',
    path: `${PATH}${encodeURIComponent(options.id)}/execute`,
    csrf: true,
    body: {},
    signal: options.signal,
    statuses: [202, 404, 405],
    schema: executedSchema,
  });
  if (reply.status === 404 || reply.status === 405) {
    throw new NotFoundError(
      `Superset can't run alert ${options.id} at once: this version has no call for it, or the account sees no such alert.`,
    );
  }
  return { executionId: reply.body?.execution_id ?? idIn(reply.text) };
}

function idIn(text: string): string | undefined {
  try {
    const parsed = executedSchema.safeParse(JSON.parse(text));
    return parsed.data?.execution_id ?? undefined;
  } catch {
    // It was accepted; only its name is not told.
    return undefined;
  }
}

/** Changes when an alert is run. */
export async function setAlertSchedule(
  options: Asked & { id: string; crontab: string },
): Promise<void> {
  const reply = await options.http.reply({
    what: "The answer to changing an alert's schedule",
    method: 'PUT',
    path: `${PATH}${encodeURIComponent(options.id)}`,
    csrf: true,
    body: { crontab: options.crontab },
    signal: options.signal,
    statuses: [404],
    schema: z.unknown(),
  });
  if (reply.status === 404) throw notFound(options.id);
}

function notFound(id: string) {
  return new NotFoundError(
    `Superset shows this account no alert ${id}. It was deleted, or belongs to others: an account without access to all datasources sees its own only.`,
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
