import { useCallback, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { RunEvent } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../../api';
import { describeFailure, type Failure } from '../../failures/describeFailure';
import type { RunEventsState } from '../../hooks';
import { logText } from './logLevels';

/** The backend's page size: a page that is not full is the last. */
const EVENTS_PER_PAGE = 500;
const MAX_LINES = 200_000;

function save(text: string, name: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Taking a log away, and how that goes. */
export interface LogDownload {
  readonly busy: boolean;
  readonly label: string;
  readonly failure?: Failure;
  start(): void;
}

/**
 * Saves a run's log as a file. The page keeps only the newest lines of a long
 * log, so that is read again from its beginning.
 */
export function useLogDownload(state: RunEventsState): LogDownload {
  const api = useApi(runbooksApiRef);
  const [lines, setLines] = useState<number>();
  const [failure, setFailure] = useState<Failure>();
  const { run, events, droppedEvents } = state;

  const start = useCallback(async () => {
    if (!run) return;
    setFailure(undefined);
    setLines(0);
    try {
      let text = '';
      if (droppedEvents === 0) text = logText(events);
      else {
        let count = 0;
        let page: readonly RunEvent[] = [];
        let after = 0;
        do {
          page = (await api.getRunEvents(run.id, { after })).items;
          text += logText(page);
          count += page.length;
          after = page[page.length - 1]?.sequence ?? after;
          setLines(count);
        } while (page.length === EVENTS_PER_PAGE && count < MAX_LINES);
        if (count >= MAX_LINES) text += `(cut after ${count} lines)\n`;
      }
      save(text, `run-${run.id}.log`);
    } catch (thrown) {
      setFailure(describeFailure(thrown));
    } finally {
      setLines(undefined);
    }
  }, [api, run, events, droppedEvents]);

  return {
    busy: lines !== undefined,
    label: lines ? `Reading ${lines.toLocaleString('en')} …` : 'Download',
    failure,
    start,
  };
}
