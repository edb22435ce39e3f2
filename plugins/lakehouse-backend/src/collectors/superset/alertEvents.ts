import type {
  AlertRun,
  TimelineEvent,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { judged } from './alertRuns';

/**
 * What of an alert belongs on the timeline: when it began to fire, and when it was
 * healthy again. The same runs give the same events, so that they may be told often.
 *
 * @param options - `whole`: whether `runs` begin with the first one there was; else nothing is told of the oldest, whose past is not known
 */
export function alertEvents(options: {
  connection: string;
  alert: { id: string; name: string };
  /** Newest first. */
  runs: readonly AlertRun[];
  whole: boolean;
}): TimelineEvent[] {
  const { connection, alert, whole } = options;
  const runs = judged(options.runs).reverse();
  const events: TimelineEvent[] = [];
  let fired: TimelineEvent | undefined;
  runs.forEach((run, index) => {
    const before = runs.at(index - 1);
    const isFirst = index === 0;
    const at = run.endedAt ?? run.startedAt ?? run.scheduledAt;
    if (!at || (isFirst && !whole)) return;
    if (!isFirst && before?.state === run.state) return;
    const common = {
      id: `superset/${connection}/alert/${alert.id}/${run.id}`,
      connection,
      at,
      subject: alert.name,
    };
    if (run.state === 'fired') {
      fired = {
        ...common,
        kind: 'alert-fired',
        severity: 'warning',
        title: `Alert '${alert.name}' fired${
          run.value === undefined ? '' : ` at ${run.value}`
        }.`,
      };
      events.push(fired);
    } else if (!isFirst) {
      if (fired) events[events.indexOf(fired)] = { ...fired, until: at };
      events.push({
        ...common,
        kind: 'alert-cleared',
        severity: 'info',
        title: `Alert '${alert.name}' is healthy again.`,
      });
      fired = undefined;
    }
  });
  return events;
}
