import { testRunbookAction } from '@lakehouse-ops/plugin-runbooks-node/testUtils';
import { createTurnOnAction } from './createTurnOnAction';
import { Switches } from './Switches';

describe('turn-on', () => {
  it('turns a switch on, as the engine would', async () => {
    const switches = Switches.create(['first']);
    const { verification } = await testRunbookAction({
      action: createTurnOnAction({ switches }),
      input: { name: 'first' },
    });
    await expect(switches.find('first')).resolves.toMatchObject({ on: true });
    expect(verification.outcome).toBe('verified');
  });

  it('names a switch that is not there', async () => {
    await expect(
      testRunbookAction({
        action: createTurnOnAction({ switches: Switches.create([]) }),
        input: { name: 'first' },
      }),
    ).rejects.toThrow("there is no switch 'first'");
  });
});
