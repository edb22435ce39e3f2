import { mockServices } from '@backstage/backend-test-utils';
import { ChangeNotifier } from './ChangeNotifier';

describe('ChangeNotifier', () => {
  it('says in one line that signals fail, once until they work again', async () => {
    const publish = jest.fn(async () => {});
    const logger = mockServices.logger.mock();
    const notifier = ChangeNotifier.create({ signals: { publish }, logger });
    let count = 0;
    const notify = async () => {
      count += 1;
      notifier.notify(`connection-${count}`, 'queries');
      await new Promise(setImmediate);
    };
    publish.mockRejectedValue(new Error('fetch failed'));
    await notify();
    await notify();
    expect(logger.warn.mock.calls).toEqual([
      [
        'A signal was not sent, and open pages look for changes from time to time until that works again: fetch failed',
      ],
    ]);
    publish.mockResolvedValueOnce(undefined);
    await notify();
    expect(logger.info).toHaveBeenCalledWith('Signals are sent again');
    await notify();
    expect(logger.warn).toHaveBeenCalledTimes(2);
    expect(publish).toHaveBeenCalledTimes(4);
  });
});
