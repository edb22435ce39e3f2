import type { JsonObject } from '@backstage/types';
import { withTheme } from '@rjsf/core';
import { generateTheme } from '@rjsf/material-ui';
import type {
  ErrorTransformer,
  Experimental_DefaultFormStateBehavior,
  RJSFSchema,
  RJSFValidationError,
} from '@rjsf/utils';
import { customizeValidator } from '@rjsf/validator-ajv8';
import { parameterTitle } from './parameterSchema';

/** The form library's form, in the app's Material UI theme. */
export const SchemaForm = withTheme<JsonObject, RJSFSchema, JsonObject>(
  generateTheme<JsonObject, RJSFSchema, JsonObject>(),
);

/** An optional list that has to have entries begins without any: it is not given. */
export const formDefaults: Experimental_DefaultFormStateBehavior = {
  arrayMinItems: { populate: 'requiredOnly' },
};

/** Checks parameters as the form does. */
export const parameterValidator = customizeValidator<
  JsonObject,
  RJSFSchema,
  JsonObject
>();

/**
 * Makes the form's messages name the parameter and say what to do, instead of
 * which keyword was broken.
 */
export function createErrorExplainer(
  schema: JsonObject,
): ErrorTransformer<JsonObject, RJSFSchema, JsonObject> {
  const explain = ({ name, message, params }: RJSFValidationError) => {
    switch (name) {
      case 'required':
        return 'is needed';
      case 'minLength':
        return params?.limit === 1
          ? 'is needed'
          : `needs at least ${params?.limit} characters`;
      case 'maxLength':
        return `may have at most ${params?.limit} characters`;
      default:
        return message ?? 'is not valid';
    }
  };
  return errors =>
    errors.map(error => {
      const path = (error.property ?? '').split('.').filter(Boolean);
      const title = path.length
        ? parameterTitle(schema, path[0])
        : 'The form as a whole';
      return { ...error, message: `${title} ${explain(error)}` };
    });
}
