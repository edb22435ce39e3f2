/** Whether a crontab of five fields (numbers, lists, ranges, steps) names this minute, in UTC. */
export function matchesCrontab(crontab: string, at: Date): boolean {
  const [minute, hour, day, month, weekday] = crontab.trim().split(/\s+/);
  return (
    matches(minute, at.getUTCMinutes()) &&
    matches(hour, at.getUTCHours()) &&
    matches(day, at.getUTCDate()) &&
    matches(month, at.getUTCMonth() + 1) &&
    matches(weekday, at.getUTCDay())
  );
}

function matches(field: string | undefined, value: number): boolean {
  return (field ?? '*').split(',').some(part => {
    const [range, step = '1'] = part.split('/');
    const [from, to = from] = range === '*' ? ['0', '59'] : range.split('-');
    return (
      value >= Number(from) &&
      value <= Number(to) &&
      (value - Number(from)) % Number(step) === 0
    );
  });
}
