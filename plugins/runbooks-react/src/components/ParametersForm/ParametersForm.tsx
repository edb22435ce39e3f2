import { useId, useMemo, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { JsonObject } from '@backstage/types';
import type { RJSFSchema, UiSchema as AnyUiSchema } from '@rjsf/utils';
import {
  createErrorExplainer,
  SchemaForm,
  formDefaults,
  parameterValidator,
} from '../../parameters/parameterForm';
import {
  isSecret,
  pickerOf,
  type OpenParameters,
} from '../../parameters/parameterSchema';
import { PickerFormProvider, type PickerForm } from '../../pickers/PickerForm';
import { PickerWidget } from './PickerWidget';

const useStyles = makeStyles(theme => ({
  // The form library's grid brings margins that do not fit a drawer.
  root: {
    '& .MuiGrid-container': { marginTop: '0 !important' },
    '& .MuiGrid-item': { marginBottom: '0 !important' },
    '& .MuiFormControl-root .MuiTypography-caption': {
      marginTop: theme.spacing(0.5),
    },
  },
}));

type UiSchema = AnyUiSchema<JsonObject, RJSFSchema, JsonObject>;

/** Secrets are dotted and pickers offered, whatever else the schema says. */
function widgetOf(schema: RJSFSchema, name: string): UiSchema {
  if (isSecret(schema, name)) {
    return { 'ui:widget': 'password', 'ui:autocomplete': 'new-password' };
  }
  return pickerOf(schema, name) ? { 'ui:widget': PickerWidget } : {};
}

function widgetsOf({ schema, names }: OpenParameters): UiSchema {
  return Object.fromEntries(names.map(name => [name, widgetOf(schema, name)]));
}

/** The parameters that a person may choose, as a form made of their schema. */
export function ParametersForm(props: {
  open: OpenParameters;
  values: JsonObject;
  /** What the context has settled, for pickers that depend on it. */
  given?: JsonObject;
  /** Of all parameters, also those that are not asked for. */
  fullSchema?: JsonObject;
  disabled?: boolean;
  onChange(values: JsonObject): void;
}) {
  const classes = useStyles();
  const { open, values, given, fullSchema, disabled, onChange } = props;
  const idPrefix = useId();
  const [touched, setTouched] = useState(false);
  const transformErrors = useMemo(
    () => createErrorExplainer(open.schema),
    [open],
  );
  // What has to be filled in is where the typing goes.
  const [firstNeeded] = useState(() =>
    open.schema.required?.find(name => values[name] === undefined),
  );
  const uiSchema = useMemo(() => {
    const widgets = widgetsOf(open);
    return {
      ...widgets,
      'ui:submitButtonOptions': { norender: true },
      ...(firstNeeded
        ? { [firstNeeded]: { ...widgets[firstNeeded], 'ui:autofocus': true } }
        : {}),
    };
  }, [open, firstNeeded]);
  const pickerForm = useMemo((): PickerForm => {
    const schema = fullSchema ?? open.schema;
    const all = { ...values, ...given };
    const told = Object.entries(all).filter(
      ([name]) => !isSecret(schema, name),
    );
    return {
      parameters: Object.fromEntries(told),
      valueOf: picker => {
        const name = Object.keys(all).find(
          one => pickerOf(schema, one) === picker,
        );
        const value = name && all[name];
        return typeof value === 'string' ? value : undefined;
      },
      choose: (id, value, fills) => {
        const name = open.names.find(one => id === `${idPrefix}_${one}`);
        if (!name) return false;
        const fitting = Object.entries(fills).filter(([one]) =>
          open.names.includes(one),
        );
        onChange({ ...values, ...Object.fromEntries(fitting), [name]: value });
        return true;
      },
    };
  }, [fullSchema, open, values, given, idPrefix, onChange]);
  return (
    <PickerFormProvider value={pickerForm}>
      <div className={classes.root}>
        <SchemaForm
          schema={open.schema}
          validator={parameterValidator}
          formData={values}
          disabled={disabled}
          idPrefix={idPrefix}
          liveValidate={touched}
          noHtml5Validate
          showErrorList={false}
          experimental_defaultFormStateBehavior={formDefaults}
          transformErrors={transformErrors}
          onBlur={() => setTouched(true)}
          onChange={({ formData }) => onChange(formData ?? {})}
          uiSchema={uiSchema}
        />
      </div>
    </PickerFormProvider>
  );
}
