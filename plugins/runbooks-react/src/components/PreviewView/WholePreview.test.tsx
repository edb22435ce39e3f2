import { screen, within } from '@testing-library/react';
import { renderInTestApp } from '@backstage/test-utils';
import type {
  PreviewContent,
  PreviewStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import { WholePreview } from './WholePreview';

const content = (keys: number): PreviewContent => ({
  summary: `Removes ${keys} keys.`,
  changes: [{ label: 'Keys', before: keys, after: 0, unit: 'count' }],
  untouched: [],
  warnings: [],
});

const step = (id: string, keys: number): PreviewStep => ({
  id,
  section: 'steps',
  title: id,
  kind: 'action',
  known: 'now',
  content: content(keys),
});

describe('WholePreview', () => {
  it('does not show twice what its only acting step does', async () => {
    await renderInTestApp(
      <WholePreview
        preview={{ content: content(12), steps: [step('flush', 12)] }}
      />,
    );
    expect(screen.getAllByRole('table')).toHaveLength(1);
    expect(screen.getByText('As shown above.')).toBeInTheDocument();
  });

  it('shows each of several', async () => {
    await renderInTestApp(
      <WholePreview
        preview={{
          content: content(15),
          steps: [step('flush', 12), step('rest', 3)],
        }}
      />,
    );
    const steps = screen.getByRole('region', { name: 'Steps' });
    expect(within(steps).getAllByRole('table')).toHaveLength(2);
    expect(within(steps).getByText('Removes 3 keys.')).toBeInTheDocument();
    expect(screen.queryByText('As shown above.')).not.toBeInTheDocument();
  });
});
