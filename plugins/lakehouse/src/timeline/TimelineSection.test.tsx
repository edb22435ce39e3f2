import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { LakehouseApi } from '@lakehouse-ops/plugin-lakehouse-common';
import { mockLakehouse } from '../__testUtils__/mockLakehouse';
import { renderLakehouse } from '../__testUtils__/renderLakehouse';
import { TimelineSection } from './TimelineSection';

function show(overrides: Partial<LakehouseApi> = {}, search?: string) {
  const onOpen = jest.fn();
  renderLakehouse(
    <TimelineSection range={{ kind: 'recent', name: '1h' }} onOpen={onOpen} />,
    { api: mockLakehouse({ overrides }), search },
  );
  return { onOpen };
}

const rows = async () =>
  within(await screen.findByRole('table', { name: 'Events' }))
    .getAllByRole('row')
    .slice(1);

describe('TimelineSection', () => {
  it('shows what happened, newest first, a lane for each kind', async () => {
    show();
    const [first] = await rows();
    expect(first).toHaveTextContent(/Stampede on personal-api:summary:/);
    expect(first).toHaveTextContent('4 m 00 s');
    const figure = screen.getByRole('figure', { name: 'What happened' });
    expect(figure).toHaveTextContent('Out-of-memory kill');
    expect(figure).toHaveAccessibleDescription('4 events in the last 1 h.');
  });

  it('narrows to a kind, kept in the URL', async () => {
    show();
    await rows();
    await userEvent.click(screen.getByRole('button', { name: 'Alert fired' }));
    expect(screen.getByTestId('location')).toHaveTextContent(
      '?kind=alert-fired',
    );
    expect(await rows()).toHaveLength(1);
  });

  it('opens an event by keyboard', async () => {
    const { onOpen } = show();
    (await rows())[1].focus();
    await userEvent.keyboard('{Enter}');
    expect(onOpen).toHaveBeenCalledWith(
      expect.objectContaining({ connection: 'bi', kind: 'alert-fired' }),
    );
  });

  it('offers to look further back when nothing happened', async () => {
    show({ getTimeline: async () => ({ items: [] }) });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Widen to 24 h' }),
    );
    expect(screen.getByTestId('location')).toHaveTextContent('?range=24h');
  });
});
