import { render, screen, within } from '@testing-library/react';
import {
  mockCluster,
  mockQueries,
  mockTable,
} from '../../__testUtils__/mockData';
import { mockLakehouse } from '../../__testUtils__/mockLakehouse';
import { ConcurrencyChart } from './ConcurrencyChart';
import { DurationHistogram } from './DurationHistogram';
import { FileSizeHistogram } from './FileSizeHistogram';
import { HistoryChart } from './HistoryChart';
import { LatencyBandChart } from './LatencyBandChart';
import { MemoryChart } from './MemoryChart';
import { SeriesChart } from './SeriesChart';

const span = { fromMs: Date.now() - 3_600_000, toMs: Date.now() };

describe('charts', () => {
  it('shows memory with its gaps and marks, and the same in a table', () => {
    const view = mockCluster();
    const { container } = render(
      <MemoryChart
        series={view.series}
        gaps={view.gaps}
        holdMs={60_000}
        span={span}
      />,
    );
    const figure = screen.getByRole('figure', { name: 'Memory' });
    expect(figure).toHaveAccessibleDescription(
      /At most \d+ % reserved \(.*\); 1 out-of-memory kill\./,
    );
    expect(figure).toHaveTextContent('not observed');
    expect(figure).toHaveTextContent('out-of-memory kill');
    expect(within(figure).getByRole('table', { name: 'Memory' })).toBeVisible();
    expect(container.querySelectorAll('.recharts-area')).toHaveLength(3);
    expect(
      container.querySelector('.recharts-reference-area path'),
    ).toHaveAttribute('fill', expect.stringContaining('url(#hatch'));
  });

  it('says so when memory was not observed at all', () => {
    render(<MemoryChart series={[]} gaps={[]} holdMs={60_000} span={span} />);
    expect(screen.getByRole('figure')).toHaveAccessibleDescription(
      'Not observed in this time.',
    );
  });

  it('asks points only for values, not the holes between them', () => {
    const at = (minute: number) => ({
      timeMs: span.fromMs + minute * 60_000,
      inside: { running: minute },
    });
    const { container } = render(
      <SeriesChart
        title="Running"
        summary="With a hole."
        points={[at(1), at(2), at(40), at(41)]}
        series={[{ name: 'one', value: point => point.inside.running }]}
        format={String}
        span={span}
        holdMs={60_000}
      />,
    );
    expect(screen.getByRole('figure', { name: 'Running' })).toHaveTextContent(
      'not observed',
    );
    expect(container.querySelectorAll('.recharts-line')).toHaveLength(1);
  });

  it('shows concurrency by group', () => {
    render(<ConcurrencyChart view={mockCluster()} span={span} />);
    const figure = screen.getByRole('figure', { name: 'Concurrency' });
    expect(figure).toHaveTextContent('global.etl');
    expect(figure).toHaveAccessibleDescription(/Running now: \d+; at most \d+/);
  });

  it('shows latency and durations', async () => {
    const stats = await mockLakehouse({
      queries: mockQueries(100),
    }).getQueryStats('analytics');
    render(
      <>
        <LatencyBandChart stats={stats} />
        <DurationHistogram stats={stats} />
      </>,
    );
    expect(
      screen.getByRole('figure', { name: 'Latency of ended queries' }),
    ).toHaveAccessibleDescription(/p50 .*, p95 .*, p99 .* of 95 failed/);
    expect(
      screen.getByRole('figure', { name: 'Durations' }),
    ).toHaveAccessibleDescription(/Most took .* \(\d+ %\)/);
  });

  it('marks the sizes to aim at', () => {
    const bins = mockTable().files?.bins ?? [];
    render(<FileSizeHistogram bins={bins} />);
    expect(screen.getByRole('figure')).toHaveAccessibleDescription(
      '24 of 1,114 files have the size to aim at.',
    );
    expect(
      screen.getByRole('cell', { name: '128–512 MiB (target)' }),
    ).toBeInTheDocument();
  });

  it('tells where a history went', () => {
    const point = (timeMs: number, files?: number) => ({
      timeMs,
      values: { files },
    });
    render(
      <HistoryChart
        title="Files over time"
        names={['files']}
        points={[point(1, undefined), point(2, 300), point(3, 9)]}
      />,
    );
    expect(screen.getByRole('figure')).toHaveAccessibleDescription(
      '300 → 9 files.',
    );
  });
});
