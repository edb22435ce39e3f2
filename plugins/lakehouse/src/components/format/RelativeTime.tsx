import { formatAge, NOT_OBSERVED } from './formatters';
import { formatDateTime, formatUtc } from './formatTime';
import { useNow } from './useNow';

const DAY_MS = 86_400_000;

/** How long ago, under a day; the date in the viewer's zone beyond. UTC on hover. */
export const RelativeTime = (props: {
  time?: string;
  /** Keep it relative beyond a day, for columns of ages. */
  always?: boolean;
}) => {
  const now = useNow(10_000);
  if (!props.time) return <span title="not observed">{NOT_OBSERVED}</span>;
  const ageMs = now.getTime() - Date.parse(props.time);
  const relative = props.always || ageMs < DAY_MS;
  return (
    <time dateTime={props.time} title={formatUtc(props.time)}>
      {relative ? `${formatAge(ageMs)} ago` : formatDateTime(props.time)}
    </time>
  );
};
