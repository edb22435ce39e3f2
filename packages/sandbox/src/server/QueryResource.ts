import { canKill, canView } from '../cluster/AccessControl';
import { CANCELED, killedBy, preemptedBy } from '../cluster/killQuery';
import { type TrinoError } from '../sql/TrinoError';
import { type SandboxWorld } from '../world/SandboxWorld';
import { type Exchange } from './Exchange';
import { basicQueryInfo, queryInfo } from './queryInfo';
import { empty, errorPage, json, plain, type Reply } from './Reply';

const DENIED = plain(403, 'Access Denied: Cannot kill query');

/** /v1/query: what runs and ran, and the means to stop it. */
export class QueryResource {
  private constructor(private readonly world: SandboxWorld) {}

  static create(world: SandboxWorld): QueryResource {
    return new QueryResource(world);
  }

  /** Others' queries are left out without a word where they may not be seen. */
  list(exchange: Exchange): Reply {
    const state = exchange.query.get('state')?.toUpperCase();
    const options = this.options();
    return json(
      this.world.queries
        .all()
        .filter(query => canView(exchange.user, query.session.user))
        .filter(query => state === undefined || query.state === state)
        .map(query => basicQueryInfo(query, options)),
    );
  }

  get(exchange: Exchange, [id]: string[]): Reply {
    const query = this.world.queries.find(id);
    if (!query) {
      return errorPage(410);
    }
    if (!canView(exchange.user, query.session.user)) {
      return plain(403, 'Access Denied: Cannot view query');
    }
    const pruned = exchange.query.get('pruned') === 'true';
    return json(queryInfo(query, { ...this.options(), pruned }));
  }

  kill(exchange: Exchange, [id]: string[]): Reply {
    return this.stop(exchange, id, killedBy(exchange.body));
  }

  preempt(exchange: Exchange, [id]: string[]): Reply {
    return this.stop(exchange, id, preemptedBy(exchange.body));
  }

  /** Silent for queries that are over or unknown, as Trino is. */
  cancel(exchange: Exchange, [id]: string[]): Reply {
    const query = this.world.queries.find(id);
    if (query && !canKill(exchange.user, query.session.user)) {
      return DENIED;
    }
    if (query) {
      this.world.queries.fail(query, CANCELED);
    }
    return empty(204);
  }

  private stop(exchange: Exchange, id: string, error: TrinoError): Reply {
    const query = this.world.queries.find(id);
    if (!query) {
      return errorPage(410);
    }
    if (!canKill(exchange.user, query.session.user)) {
      return DENIED;
    }
    if (query.isDone) {
      return errorPage(409);
    }
    this.world.queries.fail(query, error);
    return empty(202);
  }

  private options() {
    const { nowMs, baseUrl, version } = this.world;
    return { nowMs, baseUrl, version };
  }
}
