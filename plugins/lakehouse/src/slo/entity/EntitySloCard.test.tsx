import { screen, within } from '@testing-library/react';
import { mockLakehouse } from '../../__testUtils__/mockLakehouse';
import {
  entityWith,
  renderLakehouse,
} from '../../__testUtils__/renderLakehouse';
import { mockSloApi } from '../__testUtils__';
import { EntitySloCard } from './EntitySloCard';

const entity = entityWith({}, { kind: 'Component', name: 'personal-api' });

const show = (slos: ReturnType<typeof mockSloApi>) =>
  renderLakehouse(<EntitySloCard />, { api: mockLakehouse(), slos, entity });

it('shows how they are, and the budgets of the worst three', async () => {
  await show(mockSloApi());
  expect(
    await screen.findByText('1 of 7 SLOs is breached, 2 alerts fire.'),
  ).toBeInTheDocument();
  const worst = within(screen.getByRole('list', { name: 'Worst SLOs' }));
  expect(worst.getAllByRole('listitem')).toHaveLength(3);
  expect(worst.getByText('Overdrawn by 77 %')).toBeInTheDocument();
  expect(worst.getByRole('link', { name: /^p95/ })).toHaveAttribute(
    'href',
    '/catalog/default/component/personal-api/slos?slo=component.default.personal-api.personal-api-latency',
  );
  expect(screen.getByRole('link', { name: /All SLOs/ })).toHaveAttribute(
    'href',
    '/catalog/default/component/personal-api/slos',
  );
});

it('leads to the proposals when there is none', async () => {
  await show(mockSloApi({ slos: [], files: [] }));
  expect(
    await screen.findByText('No SLO yet: nothing is promised.'),
  ).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Create one' })).toHaveAttribute(
    'href',
    '/catalog/default/component/personal-api/slos?show=create',
  );
});
