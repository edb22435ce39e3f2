import type {
  AlertEvent,
  AlertResolved,
  BudgetStepCrossed,
} from './AlertEvent';

const RESOLUTIONS: Readonly<Record<AlertResolved['resolution'], string>> = {
  recovered: 'It burns no faster than its alert allows any more.',
  'definition-changed':
    'Its definition was changed, and by the new one it does not fire.',
  removed: 'Its SLO is gone, so nobody looks any more whether it still holds.',
};

/** An event in words: a line, and what there is to know. */
export function describeEvent(event: AlertEvent): {
  summary: string;
  description: string;
} {
  const { title } = event.subject;
  switch (event.kind) {
    case 'firing':
      return {
        summary: `${title}: ${event.condition} fires`,
        description: event.sentence,
      };
    case 'resolved':
      return {
        summary: `${title}: ${event.condition} is over`,
        description: [RESOLUTIONS[event.resolution], event.sentence]
          .filter(Boolean)
          .join(' '),
      };
    default:
      return {
        summary: `${title}: ${leftOf(event.remaining)}`,
        description: agreedAt(event),
      };
  }
}

function leftOf(remaining: number): string {
  if (remaining < 0) return `the budget is overdrawn by ${percent(-remaining)}`;
  return remaining === 0
    ? 'nothing of the budget is left'
    : `${percent(remaining)} of the budget is left`;
}

/** The sentence tells the step that is reached, which need not be that of the event. */
function agreedAt({ step, action, sentence }: BudgetStepCrossed): string {
  const agreed = action.replace(/\.$/, '');
  if (sentence.includes(`: ${agreed}.`)) return sentence;
  const at = step < 0 ? `${percent(-step)} overspent` : `${percent(step)} left`;
  return `Agreed at ${at}: ${agreed}. ${sentence}`.trim();
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
