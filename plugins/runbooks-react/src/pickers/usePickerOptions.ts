import { useEffect, useState } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { isError } from '@backstage/errors';
import { useStableJson } from '../hooks/useStableJson';
import { describeFailure } from '../failures/describeFailure';
import { usePickerForm } from './PickerForm';
import type { RunbookPicker, RunbookPickerOption } from './RunbookPicker';

/** Long enough to finish a word. */
const DEBOUNCE_MS = 250;
/** More than this nobody reads: typing narrows it. */
export const MAX_PICKER_OPTIONS = 200;

/** What there is to choose from now. */
export interface PickerOptions {
  readonly options: readonly RunbookPickerOption[];
  readonly loading: boolean;
  /** Whether the options are an answer. */
  readonly asked: boolean;
  readonly note?: string;
  /** Why there is no answer. */
  readonly failure?: string;
}

const NOTHING: PickerOptions = { options: [], loading: false, asked: false };

/** Pickers read from backends of their own: one that is silent is told as it is. */
function reasonOf(thrown: unknown): string {
  const { kind, message } = describeFailure(thrown);
  return kind === 'unreachable' && isError(thrown) ? thrown.message : message;
}

/** Asks a picker while its list is open, and again when what it depends on changes. */
export function usePickerOptions(options: {
  picker?: RunbookPicker;
  text: string;
  open: boolean;
}): PickerOptions {
  const { picker, open } = options;
  const apis = useApiHolder();
  const form = usePickerForm();
  const asked = useStableJson({
    text: options.text,
    parameters: form.parameters,
  });
  const [answer, setAnswer] = useState<PickerOptions>(NOTHING);
  const { valueOf } = form;

  useEffect(() => {
    if (!picker || !open) return undefined;
    const controller = new AbortController();
    setAnswer(before => ({ ...before, loading: true }));
    const timer = setTimeout(() => {
      picker.load({ ...asked, valueOf, apis, signal: controller.signal }).then(
        ({ options: found, note }) =>
          !controller.signal.aborted &&
          setAnswer({
            options: found.slice(0, MAX_PICKER_OPTIONS),
            loading: false,
            asked: true,
            note:
              note ??
              (found.length > MAX_PICKER_OPTIONS
                ? `The first ${MAX_PICKER_OPTIONS} of ${found.length}: type to narrow them.`
                : undefined),
          }),
        thrown =>
          !controller.signal.aborted &&
          setAnswer({ ...NOTHING, failure: reasonOf(thrown) }),
      );
    }, DEBOUNCE_MS);
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [picker, open, asked, valueOf, apis]);

  return picker ? answer : NOTHING;
}
