import type { CachePrefix } from '@lakehouse-ops/plugin-lakehouse-common';
import { ActionBar } from '../components/layout';
import { RunbookAction } from '../components/RunbookAction';
import { prefixRun } from './cacheActions';

/** What can be done about the keys under a prefix, the gentle thing first. */
export const PrefixActions = (props: {
  prefix: CachePrefix;
  entityRef?: string;
  /** Only what changes something: rows have little room. */
  short?: boolean;
  onRunEnded: () => void;
}) => {
  const shared = {
    ...prefixRun(props.prefix),
    entityRef: props.entityRef,
    onRunEnded: props.onRunEnded,
  };
  return (
    <ActionBar>
      {!props.short && (
        <RunbookAction
          {...shared}
          runbookId="redis:inspect-prefix"
          label="Inspect"
        />
      )}
      <RunbookAction
        {...shared}
        runbookId="redis:expire-keys-with-jitter"
        label="Spread expiry"
      />
      <RunbookAction {...shared} runbookId="redis:flush-keys" label="Flush" />
    </ActionBar>
  );
};
