import { type Query } from '../cluster/Query';
import { stringifyExact } from '../protocol/exactJson';
import { type SandboxWorld } from '../world/SandboxWorld';
import { eventContext, queryUri } from './eventContext';

/** The body Trino posts when a query is accepted. */
export function createdEvent(query: Query, world: SandboxWorld): string {
  return stringifyExact({
    createTime: new Date(query.createdAtMs).toISOString(),
    context: eventContext(query, world),
    metadata: {
      queryId: query.id,
      transactionId: query.transactionId,
      query: query.sql,
      queryState: 'QUEUED',
      tables: [],
      routines: [],
      uri: queryUri(query, world),
    },
  });
}
