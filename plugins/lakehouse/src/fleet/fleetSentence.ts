import type {
  ConnectionView,
  HealthStatus,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, formatNumberOf } from '../components/format';
import { worstHealth } from '../components/status';
import type { TableCounts } from '../tables';
import { connectionHealth, isUnprotected } from '../systems';

/** The state of everything in one sentence, with its status. */
export function fleetSentence(
  connections: readonly ConnectionView[],
  tables: TableCounts | undefined,
  /** How many could not be looked at. */
  unseen: number = 0,
  /** What SLOs have to say. */
  slos?: { readonly status: HealthStatus; readonly text: string },
) {
  const down = connections.filter(({ status }) => status === 'down');
  const degraded = connections.filter(({ status }) => status === 'degraded');
  const open = connections.filter(isUnprotected);
  const bad = tables ? tables.breached + tables['at-risk'] : 0;
  const clauses = [
    down.length > 0 &&
      `${names(down)} ${down.length === 1 ? 'is' : 'are'} down`,
    degraded.length > 0 &&
      `${names(degraded)} ${
        degraded.length === 1 ? 'is' : 'are'
      } only partly observed`,
    down.length + degraded.length === 0 &&
      (connections.length === 1
        ? `${connections[0].title} answers`
        : `all ${formatNumberOf(connections.length, 'system')} answer`),
    open.length > 0 &&
      `${names(open)} ${
        open.length === 1 ? 'is' : 'are'
      } open to whoever reaches ${open.length === 1 ? 'it' : 'them'}`,
    tables &&
      tables.total > 0 &&
      (bad > 0
        ? `${formatCount(bad)} of ${formatNumberOf(tables.total, 'table')} ${
            bad === 1 ? 'needs' : 'need'
          } maintenance`
        : `no table needs maintenance`),
    slos?.text,
    unseen > 0 && `${formatNumberOf(unseen, 'part')} could not be looked at`,
  ].filter(clause => typeof clause === 'string');
  const text = clauses.join('; ');
  return {
    status: worstHealth([
      ...connections.map(connectionHealth),
      ...(unseen > 0 ? (['unknown'] as const) : []),
      ...(slos ? [slos.status] : []),
      ...(tables && tables.breached > 0 ? (['breached'] as const) : []),
      ...(tables && tables['at-risk'] > 0 ? (['at-risk'] as const) : []),
    ]),
    text: `${text.charAt(0).toLocaleUpperCase('en-US')}${text.slice(1)}.`,
  };
}

function names(connections: readonly ConnectionView[]): string {
  return connections.map(({ title }) => title).join(', ');
}
