import { workloadSession } from '../cluster/ClientSession';
import { Query } from '../cluster/Query';
import { selectGroup } from '../cluster/ResourceGroups';
import { type Cost } from '../cluster/Work';
import { TrinoError } from '../sql/TrinoError';
import { Random } from '../world/Random';
import { type SandboxWorld } from '../world/SandboxWorld';
import { type Persona, type SimulatedStatement } from './Persona';
import { simulatedWork } from './simulatedWork';

const SPAN_MS = 60 * 60_000;
const MAX_QUERIES = 240;
const MAX_QUEUED_MS = 9_000;

/** What the statement's commit would have written. */
function written({ write }: SimulatedStatement): Partial<Cost> {
  return write
    ? {
        writtenRows: write.rowsPerFile * write.files[0],
        writtenBytes: write.bytesPerFile * write.files[0],
      }
    : {};
}

function pastQuery(options: {
  world: SandboxWorld;
  persona: Persona;
  statement: SimulatedStatement;
  atMs: number;
  random: Random;
}): Query {
  const { world, persona, statement, atMs, random } = options;
  const session = workloadSession(persona);
  const resourceGroup = selectGroup(session);
  const query = Query.create({
    id: world.queries.nextId(atMs),
    transactionId: random.uuid(),
    session,
    sql: statement.sql,
    resourceGroup,
    createdAtMs: atMs,
    unattended: true,
  });
  const waits = resourceGroup.includes('adhoc') && random.chance(0.25);
  const queuedMs = waits ? random.between(200, MAX_QUEUED_MS) : 2;
  query.startedAtMs = atMs + queuedMs;
  try {
    query.work = simulatedWork(statement, query, world);
    query.cost = { ...query.work.cost, ...written(statement) };
    query.error = query.work.failure;
    query.outputRows = query.error ? 0 : statement.outputRows ?? 0;
    query.outputBytes = query.outputRows * 48;
  } catch (error) {
    query.error = TrinoError.from(error);
  }
  const runMs = query.work ? statement.cost.runMs : 1;
  query.planningMs = query.work ? Math.min(250, runMs * 0.1) : 0;
  query.endedAtMs = query.startedAtMs + runMs;
  query.state = query.error ? 'FAILED' : 'FINISHED';
  return query;
}

/**
 * The last hour as it would have been: ended queries, oldest first, evenly
 * thinned to a bounded number. Their writes are not replayed.
 */
export function backfill(
  world: SandboxWorld,
  personas: Persona[],
  seed: number,
): Query[] {
  const random = Random.create(seed);
  const perHour = personas.map(persona => SPAN_MS / persona.everyMs);
  const total = perHour.reduce((a, b) => a + b, 0);
  const share = Math.min(1, MAX_QUERIES / total);
  const { nowMs } = world;
  const planned = personas
    .flatMap((persona, i) =>
      Array.from({ length: Math.round(perHour[i] * share) }, () => ({
        persona,
        atMs: Math.round(nowMs - SPAN_MS * random.next()),
      })),
    )
    .sort((a, b) => a.atMs - b.atMs);
  const queries = planned.map(({ persona, atMs }) => {
    const statement = persona.next(random);
    return pastQuery({ world, persona, statement, atMs, random });
  });
  const ended = queries.filter(({ endedAtMs = nowMs }) => endedAtMs < nowMs);
  for (const query of ended) {
    world.queries.remember(query);
  }
  return ended;
}
