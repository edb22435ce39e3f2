import type { ReactNode } from 'react';
import { act, renderHook, waitFor } from '@testing-library/react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { TestApiProvider } from '@backstage/test-utils';
import type { LakehouseSignal } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockLakehouse,
  mockResponseError,
} from '../__testUtils__/mockLakehouse';
import { lakehouseApiRef } from './lakehouseApiRef';
import { useLakehouse } from './useLakehouse';

function setUp(
  load: jest.Mock<Promise<string>, [string, AbortSignal | undefined]>,
) {
  const listeners = new Set<(message: LakehouseSignal) => void>();
  const signals = {
    subscribe: (_: string, listener: (message: any) => void) => {
      listeners.add(listener);
      return { unsubscribe: () => listeners.delete(listener) };
    },
  };
  const wrapper = (props: { children: ReactNode }) => (
    <TestApiProvider
      apis={[
        [lakehouseApiRef, mockLakehouse()],
        [signalApiRef, signals],
      ]}
    >
      {props.children}
    </TestApiProvider>
  );
  const hook = renderHook(
    ({ id }: { id: string | undefined }) =>
      useLakehouse({
        key: id,
        connection: 'analytics',
        kinds: ['queries'],
        load: (_, options) => load(id ?? '', options.signal),
      }),
    { wrapper, initialProps: { id: 'a' as string | undefined } },
  );
  const tell = (signal: Partial<LakehouseSignal>) =>
    act(() =>
      listeners.forEach(listener =>
        listener({
          connection: 'analytics',
          kind: 'queries',
          at: new Date().toISOString(),
          ...signal,
        }),
      ),
    );
  return { hook, listeners, tell };
}

describe('useLakehouse', () => {
  const load = jest.fn<Promise<string>, [string, AbortSignal | undefined]>();
  beforeEach(() => load.mockReset());

  it('loads, and loads again when a signal tells of a change here', async () => {
    load.mockResolvedValueOnce('one').mockResolvedValue('two');
    const { hook, tell } = setUp(load);
    expect(hook.result.current.loading).toBe(true);
    await waitFor(() => expect(hook.result.current.data).toBe('one'));
    tell({ kind: 'tables' });
    tell({ connection: 'other' });
    await new Promise(resolve => setTimeout(resolve, 1_200));
    expect(load).toHaveBeenCalledTimes(1);
    tell({});
    await waitFor(() => expect(hook.result.current.data).toBe('two'));
    expect(hook.result.current.loading).toBe(false);
  });

  it('keeps the last data when a later load fails', async () => {
    load
      .mockResolvedValueOnce('one')
      .mockRejectedValue(new TypeError('Failed to fetch'));
    const { hook, tell } = setUp(load);
    await waitFor(() => expect(hook.result.current.data).toBe('one'));
    const { updatedAt } = hook.result.current;
    tell({});
    await waitFor(() => expect(hook.result.current.error).toBeDefined());
    expect(hook.result.current.data).toBe('one');
    expect(hook.result.current.updatedAt).toBe(updatedAt);
  });

  it.each([403, 404])('drops the last data on %s', async status => {
    load
      .mockResolvedValueOnce('one')
      .mockRejectedValue(await mockResponseError(status, 'No.'));
    const { hook, tell } = setUp(load);
    await waitFor(() => expect(hook.result.current.data).toBe('one'));
    tell({});
    await waitFor(() => expect(hook.result.current.error).toBeDefined());
    expect(hook.result.current.data).toBeUndefined();
  });

  it('shows the answer to an earlier question only until this one is answered', async () => {
    let reject = (_: Error) => {};
    load.mockResolvedValueOnce('one').mockReturnValueOnce(
      new Promise((_, no) => {
        reject = no;
      }),
    );
    const { hook } = setUp(load);
    await waitFor(() => expect(hook.result.current.data).toBe('one'));
    hook.rerender({ id: 'b' });
    expect(hook.result.current).toMatchObject({
      data: 'one',
      dataKey: 'a',
      outdated: true,
      loading: false,
    });
    act(() => reject(new Error('down')));
    await waitFor(() => expect(hook.result.current.error).toBeDefined());
    expect(hook.result.current.data).toBeUndefined();
  });

  it('asks nothing without a key, and nothing more once unmounted', async () => {
    load.mockReturnValue(new Promise(() => {}));
    const { hook, listeners } = setUp(load);
    expect(load).not.toHaveBeenCalledWith('', expect.anything());
    hook.rerender({ id: undefined });
    expect(hook.result.current.loading).toBe(false);
    hook.rerender({ id: 'c' });
    const signal = load.mock.calls[load.mock.calls.length - 1][1];
    hook.unmount();
    expect(signal?.aborted).toBe(true);
    expect(listeners.size).toBe(0);
  });
});
