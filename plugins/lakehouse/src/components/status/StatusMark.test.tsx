import { render } from '@testing-library/react';
import type { HealthStatus } from '@lakehouse-ops/plugin-lakehouse-common';
import { compareHealth, HEALTH_ORDER, worstHealth } from './healthOrder';
import { ScoreRing } from './ScoreRing';
import { StatusMark } from './StatusMark';

describe('StatusMark', () => {
  it('tells each status by shape and word, not by colour alone', () => {
    const shapes = HEALTH_ORDER.map(status => {
      const { container } = render(<StatusMark status={status} />);
      expect(container.textContent).not.toBe('');
      return container.querySelector('svg')?.innerHTML;
    });
    expect(new Set(shapes).size).toBe(4);
  });
});

describe('the order of statuses', () => {
  it('is worst first, with unknown before healthy', () => {
    const statuses: HealthStatus[] = [
      'healthy',
      'unknown',
      'breached',
      'at-risk',
    ];
    expect([...statuses].sort(compareHealth)).toEqual(HEALTH_ORDER);
    expect(worstHealth(['healthy', 'unknown'])).toBe('unknown');
    expect(worstHealth([])).toBe('healthy');
  });
});

describe('ScoreRing', () => {
  it('does not show a missing score as zero', () => {
    const { getByRole, rerender } = render(<ScoreRing status="unknown" />);
    expect(getByRole('img', { name: 'no score' })).toHaveTextContent('–');
    rerender(<ScoreRing status="breached" score={0} />);
    expect(getByRole('img', { name: 'score 0' })).toHaveTextContent('0');
  });
});
