import type { CacheTelemetryReport } from './CacheTelemetryReport';
import { ReportPusher } from './ReportPusher';

const report = (window: number): CacheTelemetryReport => ({
  version: 1,
  instance: 'i',
  source: 's',
  windowStart: `${window}`,
  windowEnd: `${window + 1}`,
  prefixes: [],
  prefixesCutOff: 0,
});

describe('ReportPusher', () => {
  const answers: Array<() => Promise<Response>> = [];
  const onProblem = jest.fn();
  const fetchMock = jest.fn(
    async (_url: unknown, _init?: RequestInit) =>
      (await answers.shift()?.()) ?? new Response(null, { status: 204 }),
  );
  const sent = () =>
    fetchMock.mock.calls.map(
      ([, init]) => JSON.parse(String(init?.body)).windowStart,
    );
  const status = (code: number, headers?: Record<string, string>) => () =>
    Promise.resolve(new Response('answer', { status: code, headers }));
  let pusher: ReportPusher;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    answers.length = 0;
    onProblem.mockReset();
    fetchMock.mockClear();
    pusher = ReportPusher.create({
      target: {
        url: 'http://backstage.test/ingest',
        token: () => 'secret-token',
        fetch: fetchMock,
      },
      onProblem,
    });
  });

  afterEach(async () => {
    jest.useRealTimers();
    await pusher.stop();
  });

  it('sends each window once, in order', async () => {
    pusher.push(report(1));
    pusher.push(report(2));
    await jest.advanceTimersByTimeAsync(0);
    expect(sent()).toEqual(['1', '2']);
    expect(pusher.counts).toEqual({ sent: 2, dropped: 0, refused: 0 });
  });

  it('gives up what is refused for good, and goes on', async () => {
    answers.push(status(400));
    pusher.push(report(1));
    pusher.push(report(2));
    await jest.advanceTimersByTimeAsync(0);
    expect(sent()).toEqual(['1', '2']);
    expect(pusher.counts).toEqual({ sent: 1, dropped: 0, refused: 1 });
    expect(onProblem).toHaveBeenCalledWith(
      expect.objectContaining({
        message: expect.stringContaining('answered 400'),
      }),
    );
  });

  it('never shows the token, nor throws what onProblem throws', async () => {
    answers.push(() => Promise.reject(new TypeError('fetch failed')));
    onProblem.mockImplementation(() => {
      throw new Error('broken');
    });
    pusher.push(report(1));
    await jest.advanceTimersByTimeAsync(0);
    const [problem] = onProblem.mock.calls[0];
    expect(problem.message).toContain('fetch failed');
    expect(problem.message).not.toContain('secret-token');
  });
});

describe('ReportPusher while Backstage is away', () => {
  it('keeps the newest windows and drops the oldest', async () => {
    const fetchMock = jest.fn(async () => new Response(null, { status: 503 }));
    const pusher = ReportPusher.create({
      target: { url: 'http://b.test/', token: () => 't', fetch: fetchMock },
      onProblem: () => {},
    });
    for (let window = 0; window < 40; window += 1) pusher.push(report(window));
    expect(pusher.counts.dropped).toBe(10);
    await pusher.stop();
    expect(pusher.counts).toEqual({ sent: 0, dropped: 40, refused: 0 });
    expect(fetchMock.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it('sends what waited when Backstage is back', async () => {
    const answers = [503, 204, 204];
    const fetchMock = jest.fn(
      async () => new Response(null, { status: answers.shift() ?? 204 }),
    );
    const pusher = ReportPusher.create({
      target: { url: 'http://b.test/', token: () => 't', fetch: fetchMock },
      onProblem: () => {},
    });
    pusher.push(report(1));
    pusher.push(report(2));
    const tries = () => fetchMock.mock.calls.length;
    while (tries() < 3) {
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
    }
    await pusher.stop();
    expect(pusher.counts).toEqual({ sent: 2, dropped: 0, refused: 0 });
  });
});
