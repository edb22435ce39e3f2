import { createContext, useContext } from 'react';
import type { JsonObject } from '@backstage/types';

/** The form that a picker stands in. */
export interface PickerForm {
  readonly parameters: JsonObject;
  valueOf(picker: string): string | undefined;
  /** Sets a parameter and what is known with it; false when the form has no such parameter. */
  choose(id: string, value: string, fills: JsonObject): boolean;
}

const PickerFormContext = createContext<PickerForm>({
  parameters: {},
  valueOf: () => undefined,
  choose: () => false,
});

/** Gives the fields of a form their form. */
export const PickerFormProvider = PickerFormContext.Provider;

/** The form around a picker. */
export const usePickerForm = () => useContext(PickerFormContext);
