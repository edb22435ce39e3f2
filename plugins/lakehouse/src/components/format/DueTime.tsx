import { formatAge, NOT_OBSERVED } from './formatters';
import { formatClock, formatUtc } from './formatTime';
import { useNow } from './useNow';

/** What is due may begin this much later without being late. */
const PROMPT_MS = 60_000;

/** When something is due, and in how long: `09:00 (in 12 min)`. UTC on hover. */
export const DueTime = (props: { time?: string }) => {
  const now = useNow(10_000);
  if (!props.time) return <span title="not observed">{NOT_OBSERVED}</span>;
  const aheadMs = Date.parse(props.time) - now.getTime();
  return (
    <time dateTime={props.time} title={formatUtc(props.time)}>
      {`${formatClock(props.time, now)} (${ahead(aheadMs)})`}
    </time>
  );
};

function ahead(aheadMs: number): string {
  if (aheadMs > 0) return `in ${formatAge(aheadMs)}`;
  return aheadMs > -PROMPT_MS ? 'now' : `${formatAge(-aheadMs)} ago`;
}
