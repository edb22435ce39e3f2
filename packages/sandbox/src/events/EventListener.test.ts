import { createServer } from 'node:http';
import { EventListener } from './EventListener';

async function startReceiver(statuses: number[]) {
  const bodies: string[] = [];
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      tokens.push(request.headers.authorization);
      response.statusCode = statuses.shift() ?? 200;
      response.end();
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/events`,
    bodies,
    tokens,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function settled(listener: EventListener, events: number) {
  for (let i = 0; i < 200; i++) {
    if (listener.delivered + listener.dropped >= events) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error('The listener did not settle.');
}

describe('EventListener', () => {
  it('posts JSON with the headers it was given', async () => {
    const receiver = await startReceiver([]);
    const listener = EventListener.create({
      url: receiver.url,
      headers: { Authorization: 'Bearer t' },
    });
    listener.send(() => '{"a":1}');
    await settled(listener, 1);
    expect(receiver.bodies).toEqual(['{"a":1}']);
    expect(receiver.tokens).toEqual(['Bearer t']);
    listener.close();
    await receiver.close();
  });

  it.each([500, 503, 408, 429])('tries again after a %s', async status => {
    const receiver = await startReceiver([status, status]);
    const listener = EventListener.create({
      url: receiver.url,
      retryDelaysMs: [1, 1, 1],
    });
    listener.send(() => 'x');
    await settled(listener, 1);
    expect(receiver.bodies).toHaveLength(3);
    expect(listener.delivered).toBe(1);
    listener.close();
    await receiver.close();
  });

  it('gives up after the fourth attempt', async () => {
    const receiver = await startReceiver([500, 500, 500, 500]);
    const listener = EventListener.create({
      url: receiver.url,
      retryDelaysMs: [1, 1, 1],
    });
    listener.send(() => 'x');
    await settled(listener, 1);
    expect(receiver.bodies).toHaveLength(4);
    expect(listener.dropped).toBe(1);
    listener.close();
    await receiver.close();
  });

  it('does not repeat what was refused', async () => {
    const receiver = await startReceiver([401]);
    const listener = EventListener.create({ url: receiver.url });
    listener.send(() => 'x');
    await settled(listener, 1);
    expect(receiver.bodies).toHaveLength(1);
    expect(listener.dropped).toBe(1);
    listener.close();
    await receiver.close();
  });

  it('offers an event once, and says whether it was taken', async () => {
    const receiver = await startReceiver([503]);
    const listener = EventListener.create({ url: receiver.url });
    expect(await listener.offer('x')).toBe(false);
    expect(await listener.offer('x')).toBe(true);
    expect(receiver.bodies).toHaveLength(2);
    await receiver.close();
    expect(await listener.offer('x')).toBe(false);
    listener.close();
  });

  it('keeps a bounded number waiting while nobody answers', async () => {
    const listener = EventListener.create({
      url: 'http://127.0.0.1:1/events',
      fetch: () => new Promise(() => {}),
    });
    for (let i = 0; i < 2_000; i++) {
      listener.send(() => 'x');
    }
    expect(listener.dropped).toBe(2_000 - 500 - 4);
    listener.close();
  });
});
