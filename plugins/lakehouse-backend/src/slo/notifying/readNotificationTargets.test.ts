import { mockServices } from '@backstage/backend-test-utils';
import { readNotificationTargets } from './readNotificationTargets';

const secret = '0123456789abcdef';

function read(targets: object) {
  return readNotificationTargets(
    mockServices.rootConfig({
      data: { lakehouse: { slo: { notificationTargets: targets } } },
    }),
  );
}

describe('readNotificationTargets', () => {
  it('reads targets, of which there may be none', () => {
    expect(readNotificationTargets(mockServices.rootConfig())).toEqual([]);
    expect(
      read({
        chat: { type: 'webhook', url: 'https://hooks.example.com/a/', secret },
        am: { type: 'alertmanager', url: 'http://127.0.0.1:9093' },
        far: {
          type: 'alertmanager',
          url: 'http://am.monitoring:9093/',
          allowPlainHttp: true,
          token: 't',
        },
      }),
    ).toEqual([
      {
        name: 'chat',
        type: 'webhook',
        url: 'https://hooks.example.com/a/',
        secret,
      },
      { name: 'am', type: 'alertmanager', url: 'http://127.0.0.1:9093' },
      {
        name: 'far',
        type: 'alertmanager',
        url: 'http://am.monitoring:9093',
        token: 't',
      },
    ]);
  });

  it.each([
    [{ owner: { type: 'webhook', url: 'https://x', secret } }, /another name/],
    [{ x: { type: 'pager', url: 'https://x' } }, /x\.type is 'pager'/],
    [
      { x: { type: 'webhook', url: 'https://x', secret: 'short' } },
      /x\.secret/,
    ],
    [{ x: { type: 'webhook', url: 'x.example.com', secret } }, /x\.url/],
    [{ x: { type: 'webhook', url: 'ftp://x', secret } }, /no web address/],
    [{ x: { type: 'webhook', url: 'http://x', secret } }, /plain http/],
    [{ x: { type: 'alertmanager', url: 'https://u:p@x' } }, /user name/],
  ])('refuses %j', (targets, message) => {
    expect(() => read(targets)).toThrow(message);
  });

  it('does not repeat a secret that it refuses', () => {
    const refused = {
      x: { type: 'webhook', url: 'https://x', secret: 'hush' },
    };
    let said = '';
    try {
      read(refused);
    } catch (error) {
      said = String(error);
    }
    expect(said).toContain('x.secret');
    expect(said).not.toContain('hush');
  });
});
