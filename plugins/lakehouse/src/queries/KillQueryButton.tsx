import { useState } from 'react';
import { RunbookAction } from '../components/RunbookAction';
import {
  isFinalQueryState,
  QueryRecord,
} from '@lakehouse-ops/plugin-lakehouse-common';

/**
 * Ends a query that has not ended yet; nothing for one that has. Once pressed
 * it stays mounted, unseen, when the query has ended: its drawer shows the run.
 */
export const KillQueryButton = (props: {
  query: QueryRecord;
  entityRef?: string;
  onPressed?: (queryId: string) => void;
  onRunEnded: () => void;
}) => {
  const { connection, queryId, state } = props.query;
  const [pressed, setPressed] = useState(false);
  const ended = isFinalQueryState(state);
  if (ended && !pressed) return null;
  return (
    <span
      role="presentation"
      style={{ visibility: ended ? 'hidden' : undefined }}
      onClickCapture={() => {
        setPressed(true);
        props.onPressed?.(queryId);
      }}
    >
      <RunbookAction
        runbookId="trino:kill-query"
        target={{ system: 'trino', connection, kind: 'query', name: queryId }}
        parameters={{ connection, queryId }}
        entityRef={props.entityRef}
        label="Kill"
        size="small"
        onRunEnded={props.onRunEnded}
      />
    </span>
  );
};
