import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { storableText } from '../../observations/storable';
import type { AlertEvent, AlertFired } from '../notifying/AlertEvent';
import { addToOutbox } from '../notifying/addToOutbox';
import { EVENTS_TARGET } from '../notifying/EventsTarget';
import {
  type AlertBeginning,
  type AlertChange,
  sloOfChange,
  subjectOfChange,
} from './AlertChange';
import { firedEvent, resolvedEvent } from './alertEvents';
import type { AlertRow } from './alertRow';
import { type OpenAlert, openAlertFromRow } from './OpenAlert';

/** Far more than 1,000 SLOs with their conditions have. */
const MAX_OPEN = 20_000;
const MAX_PRUNED = 500;

/**
 * The alerts of all SLOs. Each change goes by the revision that was seen, and is
 * written together with what is to be told of it: of two replicas that see the
 * same, one makes the change and it is told once.
 */
export class AlertRegister {
  readonly #db: Knex;

  static create(options: { db: Knex }): AlertRegister {
    return new AlertRegister(options.db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  /** All that are pending or fire. */
  async open(): Promise<OpenAlert[]> {
    const rows: AlertRow[] = await this.#db('slo_alerts')
      .whereNull('resolved_at')
      .orderBy(['slo_id', 'condition_key'])
      .limit(MAX_OPEN)
      .select('*');
    return rows.map(openAlertFromRow);
  }

  /** Those of a group that fire now. */
  async firingOfGroup(groupId: string): Promise<AlertFired[]> {
    const rows: AlertRow[] = await this.#db('slo_alerts')
      .where({ group_id: groupId, state: 'firing' })
      .orderBy(['slo_id', 'condition_key'])
      .limit(MAX_OPEN)
      .select('*');
    return rows.map(row => firedEvent(openAlertFromRow(row)));
  }

  /** Makes the changes that nobody else made, and returns the SLOs that they are of. */
  async apply(
    changes: readonly AlertChange[],
    nowMs: number,
  ): Promise<ReadonlySet<string>> {
    const changed = new Set<string>();
    for (const group of byEntity(changes)) {
      const done = await this.#db.transaction(trx =>
        applyGroup(trx, group, nowMs),
      );
      for (const sloId of done) changed.add(sloId);
    }
    return changed;
  }

  /** Deletes about so many alerts that were resolved before. */
  async prune(beforeMs: number): Promise<number> {
    const old: string[] = await this.#db('slo_alerts')
      .where('resolved_at', '<', beforeMs)
      .orderBy('resolved_at')
      .limit(MAX_PRUNED)
      .pluck('alert_id');
    if (!old.length) return 0;
    return this.#db('slo_alerts').whereIn('alert_id', old).delete();
  }
}

/** Changes that are told together, each group and all in it in one order, so that two replicas can't wait for each other. */
function byEntity(changes: readonly AlertChange[]): AlertChange[][] {
  const groups = new Map<string, AlertChange[]>();
  for (const change of changes) {
    const key = subjectOfChange(change).entityRef ?? sloOfChange(change);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, of]) => of);
}

async function applyGroup(
  trx: Knex.Transaction,
  changes: readonly AlertChange[],
  nowMs: number,
): Promise<string[]> {
  const done: string[] = [];
  const fired: AlertFired[] = [];
  const resolved: Array<{ event: AlertEvent; threadId: string }> = [];
  for (const change of changes) {
    if (change.type === 'begin') {
      const id = await begin(trx, change, nowMs);
      if (id === undefined) continue;
      if (change.state === 'firing') {
        fired.push(firedEvent({ id, ...change.beginning, firedAtMs: nowMs }));
      }
    } else if (change.type === 'drop') {
      if (!(await seen(trx, change.alert).delete())) continue;
    } else if (!(await update(trx, change, nowMs))) continue;
    else if (change.type === 'fire') {
      fired.push(firedEvent({ ...change.alert, ...change, firedAtMs: nowMs }));
    } else if (change.type === 'resolve') {
      const threadId = await groupOf(trx, change.alert.id);
      resolved.push({ event: resolvedEvent(change, nowMs), threadId });
    }
    done.push(sloOfChange(change));
  }
  await tellFired(trx, fired, nowMs);
  for (const { event, threadId } of resolved) {
    const targets = [...(await toldTargets(trx, event)), EVENTS_TARGET];
    await addToOutbox(trx, { threadId, events: [{ event, targets }], nowMs });
  }
  return done;
}

async function begin(
  trx: Knex.Transaction,
  change: { beginning: AlertBeginning; state: 'pending' | 'firing' },
  nowMs: number,
): Promise<string | undefined> {
  const { beginning, state } = change;
  const id = randomUUID();
  await trx.raw(
    `INSERT INTO slo_alerts (alert_id, slo_id, condition_key, severity, state, revision, pending_at, held_ms, looked_at, fired_at, explanation, definition_version, subject) VALUES (?, ?, ?, ?, ?, 1, ?, 0, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    [
      id,
      beginning.sloId,
      beginning.condition,
      storableText(beginning.severity),
      state,
      nowMs,
      nowMs,
      state === 'firing' ? nowMs : null,
      storableText(beginning.explanation),
      beginning.definitionVersion,
      storableText(JSON.stringify(beginning.subject)),
    ],
  );
  // Whether the row is ours: the two databases count inserted rows in different ways.
  const own = await trx('slo_alerts').where('alert_id', id).first('alert_id');
  return own ? id : undefined;
}

function update(
  trx: Knex.Transaction,
  change: Extract<AlertChange, { type: 'fire' | 'adopt' | 'resolve' }>,
  nowMs: number,
): Promise<number> {
  return seen(trx, change.alert).update({
    revision: change.alert.revision + 1,
    ...columnsOf(change, nowMs),
  });
}

function columnsOf(
  change: Extract<AlertChange, { type: 'fire' | 'adopt' | 'resolve' }>,
  nowMs: number,
) {
  switch (change.type) {
    case 'fire':
      return {
        state: 'firing',
        fired_at: nowMs,
        explanation: storableText(change.explanation),
        subject: storableText(JSON.stringify(change.subject)),
      };
    case 'adopt':
      return {
        severity: storableText(change.severity),
        definition_version: change.definitionVersion,
        held_ms: change.heldMs,
        looked_at: nowMs,
        subject: storableText(JSON.stringify(change.subject)),
      };
    default:
      return {
        state: 'resolved',
        resolved_at: nowMs,
        resolution: change.resolution,
      };
  }
}

/** The row of an alert, unless it was changed since it was read. */
function seen(trx: Knex.Transaction, alert: OpenAlert): Knex.QueryBuilder {
  return trx('slo_alerts')
    .where({ alert_id: alert.id, revision: alert.revision })
    .whereNull('resolved_at');
}

async function groupOf(trx: Knex.Transaction, id: string): Promise<string> {
  const row = await trx('slo_alerts')
    .where('alert_id', id)
    .first<{ group_id: string | null } | undefined>('group_id');
  return row?.group_id ?? id;
}

/** Alerts that fire together are one group, named for the first, which is told in one message a target. */
async function tellFired(
  trx: Knex.Transaction,
  fired: readonly AlertFired[],
  nowMs: number,
): Promise<void> {
  const threadId = fired[0]?.alertId;
  if (threadId === undefined) return;
  await trx('slo_alerts')
    .whereIn(
      'alert_id',
      fired.map(({ alertId }) => alertId),
    )
    .update({ group_id: threadId });
  const events = fired.map(event => ({
    event,
    // Other plugins are told of all, whomever the policy names.
    targets: [
      ...(event.subject.whenBreaching ? event.subject.targets : []),
      EVENTS_TARGET,
    ],
  }));
  await addToOutbox(trx, { threadId, events, nowMs });
}

/** Who was told, or is being told, that it fires: they alone are told that it ended. */
async function toldTargets(
  trx: Knex.Transaction,
  event: AlertEvent,
): Promise<string[]> {
  if (event.kind !== 'resolved') return [];
  if (!event.subject.whenResolved && event.resolution !== 'removed') return [];
  return trx('slo_deliveries')
    .where({ alert_id: event.alertId, kind: 'firing' })
    .whereIn('state', ['sent', 'waiting'])
    .distinct('target')
    .pluck('target');
}
