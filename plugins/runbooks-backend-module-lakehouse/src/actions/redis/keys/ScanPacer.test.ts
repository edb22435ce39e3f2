import { ScanPacer } from './ScanPacer';

const IDLE_MS = 0.1;

function observed(pacer: ScanPacer, busyMs: number, times: number) {
  for (let n = 0; n < times; n++) pacer.observe(busyMs + IDLE_MS, IDLE_MS);
  return pacer;
}

describe('ScanPacer', () => {
  it('asks for more while the server is quick, up to a bound', () => {
    const pacer = ScanPacer.create();
    const first = pacer.count;
    expect(observed(pacer, 0.01, 1).count).toBeGreaterThan(first);
    expect(observed(pacer, 0.01, 100).count).toBe(1_000);
    expect(pacer.pauseMs).toBe(0);
  });

  it('asks for less when others would have to wait', () => {
    const pacer = ScanPacer.create();
    const first = pacer.count;
    expect(observed(pacer, 0.3, 1).count).toBeLessThan(first);
  });

  it('settles where a scan takes about as long as it may', () => {
    const pacer = ScanPacer.create({ targetMs: 0.2 });
    for (let n = 0; n < 200; n++) {
      pacer.observe(pacer.count * 0.001 + IDLE_MS, IDLE_MS);
    }
    expect(pacer.count * 0.001).toBeGreaterThan(0.08);
    expect(pacer.count * 0.001).toBeLessThan(0.26);
  });

  it('leaves a strained server alone between steps, and not for ever', () => {
    const pacer = observed(ScanPacer.create(), 5, 50);
    expect(pacer.count).toBe(10);
    expect(pacer.pauseMs).toBe(5);
    expect(observed(pacer, 5_000, 1).pauseMs).toBe(250);
    expect(observed(pacer, 0.01, 1).pauseMs).toBe(0);
  });

  it('counts a network that is slow by itself for nothing', () => {
    const pacer = ScanPacer.create();
    const first = pacer.count;
    pacer.observe(40.01, 40);
    expect(pacer.count).toBeGreaterThan(first);
    pacer.observe(39, 40);
    expect(pacer.pauseMs).toBe(0);
  });
});
