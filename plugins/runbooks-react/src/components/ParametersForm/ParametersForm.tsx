import { useId, useMemo, useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import type { JsonObject } from '@backstage/types';
import {
  createErrorExplainer,
  SchemaForm,
  formDefaults,
  parameterValidator,
} from '../../parameters/parameterForm';
import type { OpenParameters } from '../../parameters/parameterSchema';

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

/** The parameters that a person may choose, as a form made of their schema. */
export function ParametersForm(props: {
  open: OpenParameters;
  values: JsonObject;
  disabled?: boolean;
  onChange(values: JsonObject): void;
}) {
  const classes = useStyles();
  const { open, values, disabled, onChange } = props;
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
  const uiSchema = useMemo(
    () => ({
      'ui:submitButtonOptions': { norender: true },
      ...(firstNeeded ? { [firstNeeded]: { 'ui:autofocus': true } } : {}),
    }),
    [firstNeeded],
  );
  return (
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
  );
}
