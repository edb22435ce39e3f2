import type { AlertEvent, AlertResolved } from './AlertEvent';

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
        summary: `${title}: ${percent(event.remaining)} of the budget is left`,
        description: `Agreed for ${percent(event.step)}: ${event.action.replace(
          /\.$/,
          '',
        )}. ${event.sentence}`.trim(),
      };
  }
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}
