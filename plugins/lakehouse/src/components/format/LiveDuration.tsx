import { formatDuration } from './formatters';
import { useNow } from './useNow';

/** Time since, counting on every second. */
export const LiveDuration = (props: { since: string }) => {
  const now = useNow(1_000);
  return <>{formatDuration(now.getTime() - Date.parse(props.since))}</>;
};
