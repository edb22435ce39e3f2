import type { Observation } from '../../observations/Observation';
import { gapClosed, gapOfError } from './gapOf';
import { observeRound } from './observeRound';

const look = {
  connection: 'analytics',
  subject: 'queries',
  at: '2026-11-21T10:00:00.000Z',
} as const;

async function toldBy(
  options: Partial<Parameters<typeof observeRound<string>>[0]>,
) {
  const told: Observation[][] = [];
  for await (const batch of observeRound({
    signal: new AbortController().signal,
    look: async () => 'seen',
    gap: error => gapOfError(look, error),
    tell: () => [[gapClosed(look)]],
    ...options,
  })) {
    told.push(batch);
  }
  return told;
}

const fails = async (): Promise<string> => {
  throw new Error('no answer');
};

describe('observeRound', () => {
  it('tells what the look leads to', async () => {
    const tell = jest.fn(() => [[gapClosed(look)], []]);
    expect(await toldBy({ tell })).toEqual([[gapClosed(look)], []]);
    expect(tell).toHaveBeenCalledWith('seen');
  });

  it('tells the Gap of a look that fails, and nothing else', async () => {
    const tell = jest.fn(() => []);
    expect(await toldBy({ look: fails, tell })).toEqual([
      [
        {
          type: 'GapOpened',
          gap: expect.objectContaining({
            subject: 'queries',
            since: look.at,
            reason: 'no answer',
          }),
        },
      ],
    ]);
    expect(tell).not.toHaveBeenCalled();
  });

  it('tells nothing of a look that was stopped', async () => {
    expect(await toldBy({ look: fails, signal: AbortSignal.abort() })).toEqual(
      [],
    );
  });

  it('lets what fails after the look fail', async () => {
    const tell = () => {
      throw new Error('the store is full');
    };
    await expect(toldBy({ tell })).rejects.toThrow('the store is full');
  });
});
