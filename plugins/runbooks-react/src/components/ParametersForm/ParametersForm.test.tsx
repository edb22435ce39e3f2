import { useState } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { JsonObject } from '@backstage/types';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { openParameters } from '../../parameters/parameterSchema';
import {
  RunbookPickers,
  runbookPickersApiRef,
  type RunbookPicker,
} from '../../pickers';
import { GivenParameters } from './GivenParameters';
import { ParametersForm } from './ParametersForm';

const schema: JsonObject = {
  type: 'object',
  required: ['cache', 'prefix'],
  properties: {
    cache: { type: 'string', title: 'Cache', 'x-picker': 'redis-connection' },
    prefix: { type: 'string', title: 'Prefix', 'x-picker': 'key-prefix' },
    namespace: { type: 'string' },
    password: { type: 'string', secret: true },
  },
};

function renderForm(pickers: RunbookPicker[], given: JsonObject = {}) {
  const latest: { values: JsonObject } = { values: {} };
  const Form = () => {
    const [open] = useState(() => openParameters(schema, given));
    const [values, setValues] = useState<JsonObject>({});
    latest.values = values;
    return open ? (
      <ParametersForm
        open={open}
        values={values}
        given={given}
        fullSchema={schema}
        onChange={setValues}
      />
    ) : null;
  };
  renderInTestApp(<Form />, {
    apis: [[runbookPickersApiRef, RunbookPickers.create({ pickers })]],
  });
  return latest;
}

const prefixes: RunbookPicker = {
  name: 'key-prefix',
  hint: 'A prefix.',
  load: jest.fn(async ({ valueOf }) =>
    valueOf('redis-connection')
      ? {
          options: [
            {
              value: 'personal-api:',
              detail: '4,210 keys',
              fills: { namespace: 'live', password: 'never', other: 1 },
            },
            { value: 'sessions:' },
          ],
        }
      : { options: [], note: 'Choose the cache first.' },
  ),
};

describe('ParametersForm', () => {
  it('offers what a picker has, and fills in what is known with it', async () => {
    const latest = renderForm([prefixes], { cache: 'main' });
    const field = await screen.findByRole('textbox', { name: /Prefix/ });
    await userEvent.click(field);
    await userEvent.click(
      await screen.findByRole('option', { name: /personal-api:/ }),
    );
    expect(latest.values).toMatchObject({
      prefix: 'personal-api:',
      namespace: 'live',
    });
    expect(latest.values).not.toHaveProperty('other');
    expect(screen.getByLabelText('Namespace')).toHaveValue('live');
  });

  it('narrows by what is typed, and takes what nobody offered', async () => {
    const latest = renderForm([prefixes], { cache: 'main' });
    const field = await screen.findByRole('textbox', { name: /Prefix/ });
    await userEvent.type(field, 'sess');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    await userEvent.clear(field);
    await userEvent.type(field, 'other:');
    expect(latest.values).toEqual({ prefix: 'other:' });
  });

  it('says what has to be chosen first', async () => {
    renderForm([prefixes]);
    await userEvent.click(
      await screen.findByRole('textbox', { name: /Prefix/ }),
    );
    expect(await screen.findByText('Choose the cache first.')).toBeVisible();
  });

  it('says why there is no list, and lets one type', async () => {
    const latest = renderForm([
      {
        name: 'key-prefix',
        hint: 'A prefix.',
        load: async () => {
          throw new Error('Redis is away');
        },
      },
    ]);
    const field = await screen.findByRole('textbox', { name: /Prefix/ });
    await userEvent.type(field, 'x:');
    expect(await screen.findByText(/Redis is away.*type it/)).toBeVisible();
    expect(latest.values).toEqual({ prefix: 'x:' });
  });

  it('falls back to typing where nobody brought a picker', async () => {
    const latest = renderForm([]);
    expect(
      await screen.findByText(/^Type the redis connection:/),
    ).toBeVisible();
    await userEvent.type(
      screen.getByRole('textbox', { name: /Cache/ }),
      'main',
    );
    expect(latest.values).toEqual({ cache: 'main' });
  });

  it('dots secrets, and keeps them from pickers', async () => {
    const load = jest.fn(async () => ({ options: [] }));
    renderForm([{ name: 'key-prefix', hint: '', load }]);
    const secret = await screen.findByLabelText('Password');
    expect(secret).toHaveAttribute('type', 'password');
    await userEvent.type(secret, 'hunter2');
    await userEvent.click(screen.getByRole('textbox', { name: /Prefix/ }));
    await waitFor(() => expect(load).toHaveBeenCalled());
    expect(JSON.stringify(load.mock.calls)).not.toContain('hunter2');
  });
});

describe('GivenParameters', () => {
  it('shows no secret', () => {
    renderInTestApp(
      <GivenParameters
        schema={schema}
        parameters={{ cache: 'main', password: 'hunter2' }}
      />,
    );
    expect(screen.getByText('main')).toBeVisible();
    expect(screen.queryByText('hunter2')).not.toBeInTheDocument();
  });
});
