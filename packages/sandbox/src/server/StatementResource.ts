import { createHmac, randomBytes } from 'node:crypto';
import { CANCELED } from '../cluster/killQuery';
import { type Query } from '../cluster/Query';
import { prepareStatement } from '../statements/prepareStatement';
import { TrinoError } from '../sql/TrinoError';
import { type SandboxWorld } from '../world/SandboxWorld';
import {
  clientTypeName,
  clientValue,
  PARAMETRIC_DATETIME,
  typeSignature,
} from '../protocol/clientTypes';
import { type ExactJson, RawJson, stringifyExact } from '../protocol/exactJson';
import { type Exchange } from './Exchange';
import { queryError } from '../protocol/failureInfo';
import { readSession } from './readSession';
import { empty, errorPage, json, type Reply } from './Reply';
import { statementStats } from './statementStats';

/** A page ends at whichever comes first (Trino's target is 1 MB). */
const MAX_PAGE_ROWS = 2_000;
const MAX_PAGE_BYTES = 1_000_000;
/** How long a request waits for news before it answers without. */
const MAX_WAIT_MS = 1_000;
const MAX_SQL_LENGTH = 1_000_000;

interface LastPage {
  token: number;
  reply: Reply;
}

/** The client protocol: POST /v1/statement and the pages behind nextUri. */
export class StatementResource {
  private readonly lastPages = new WeakMap<Query, LastPage>();
  private readonly secret = randomBytes(16);

  private constructor(private readonly world: SandboxWorld) {}

  static create(world: SandboxWorld): StatementResource {
    return new StatementResource(world);
  }

  submit(exchange: Exchange): Reply {
    const sql = exchange.body;
    if (sql.trim() === '') {
      return errorPage(400, 'SQL statement is empty');
    }
    const query = this.world.queries.submit({
      session: readSession(exchange),
      sql: sql.slice(0, MAX_SQL_LENGTH),
      prepare: running => prepareStatement(running, this.world),
    });
    return this.page(query, { phase: 'queued', token: 1 });
  }

  async queued(params: string[]): Promise<Reply> {
    const [id, slug, token] = params;
    const query = this.find(id, slug, { phase: 'queued', token });
    if (!query) {
      return errorPage(404, 'Query not found');
    }
    query.lastSeenMs = this.world.nowMs;
    if (query.state === 'QUEUED') {
      await query.changed(MAX_WAIT_MS);
    }
    const next = Number(token) + 1;
    return this.page(
      query,
      query.state === 'QUEUED'
        ? { phase: 'queued', token: next }
        : { phase: 'executing', token: 0 },
    );
  }

  async executing(params: string[]): Promise<Reply> {
    const [id, slug, token] = params;
    const query = this.find(id, slug, { phase: 'executing', token });
    if (!query) {
      return errorPage(404, 'Query not found');
    }
    query.lastSeenMs = this.world.nowMs;
    const asked = Number(token);
    const last = this.lastPages.get(query);
    if (last && asked === last.token) {
      return last.reply;
    }
    if (last && asked < last.token) {
      return errorPage(410);
    }
    if (!query.isDone && !query.rows) {
      await query.changed(MAX_WAIT_MS);
    }
    const reply = this.resultPage(query, asked);
    this.lastPages.set(query, { token: asked, reply });
    return reply;
  }

  cancel(params: string[]): Reply {
    const [id, slug, token] = params;
    const query =
      this.find(id, slug, { phase: 'queued', token }) ??
      this.find(id, slug, { phase: 'executing', token });
    if (!query) {
      return errorPage(404, 'Query not found');
    }
    this.world.queries.fail(query, CANCELED);
    return empty(204);
  }

  private find(
    id: string,
    slug: string,
    place: { phase: string; token: string },
  ): Query | undefined {
    const expected = this.slug(id, place.phase, Number(place.token));
    return slug === expected ? this.world.queries.find(id) : undefined;
  }

  private slug(id: string, phase: string, token: number): string {
    const digest = createHmac('sha1', this.secret)
      .update(`${id}/${phase}/${token}`)
      .digest('hex');
    return `y${digest}`;
  }

  private uri(query: Query, next: { phase: string; token: number }): string {
    const slug = this.slug(query.id, next.phase, next.token);
    return `${this.world.baseUrl}/v1/statement/${next.phase}/${query.id}/${slug}/${next.token}`;
  }

  private infoUri(query: Query): string {
    return `${this.world.baseUrl}/ui/query.html?${query.id}`;
  }

  /** A page without results: where to go on, or that the query failed. */
  private page(query: Query, next: { phase: string; token: number }): Reply {
    const ended = query.state === 'FAILED';
    return json({
      id: query.id,
      infoUri: this.infoUri(query),
      nextUri: ended ? undefined : this.uri(query, next),
      stats: statementStats(query, this.world.nowMs),
      error: query.error && queryError(query.error),
      warnings: [],
    });
  }

  private resultPage(query: Query, token: number): Reply {
    const data = query.isDone ? [] : this.fetch(query);
    const next = { phase: 'executing', token: token + 1 };
    const { work } = query;
    return json(
      {
        id: query.id,
        infoUri: this.infoUri(query),
        nextUri: query.isDone ? undefined : this.uri(query, next),
        columns: query.error ? undefined : this.columns(query),
        data: data.length > 0 ? data : undefined,
        stats: statementStats(query, this.world.nowMs),
        error: query.error && queryError(query.error),
        warnings: [],
        updateType: work?.updateType,
        updateCount: query.updateCount,
      },
      query.error ? [] : work?.headers,
    );
  }

  private columns(query: Query): ExactJson {
    const parametric = query.session.capabilities.includes(PARAMETRIC_DATETIME);
    return query.work?.columns?.map(({ name, type }) => ({
      name,
      type: clientTypeName(type, parametric),
      typeSignature: typeSignature(type, parametric),
    }));
  }

  /** Takes the next rows; the query ends when there are none. */
  private fetch(query: Query): RawJson[] {
    const { rows, work } = query;
    const columns = work?.columns ?? [];
    const parametric = query.session.capabilities.includes(PARAMETRIC_DATETIME);
    const data: RawJson[] = [];
    if (!rows) {
      return data;
    }
    try {
      let bytes = 0;
      while (data.length < MAX_PAGE_ROWS && bytes < MAX_PAGE_BYTES) {
        const { value, done } = rows.next();
        if (done) {
          if (data.length === 0) {
            this.world.queries.finish(query);
          }
          break;
        }
        const text = stringifyExact(
          columns.map(({ type }, i) => clientValue(value[i], type, parametric)),
        );
        bytes += text.length;
        data.push(new RawJson(text));
      }
      query.outputRows += data.length;
      query.outputBytes += bytes;
      return data;
    } catch (error) {
      this.world.queries.fail(query, TrinoError.from(error));
      return [];
    }
  }
}
