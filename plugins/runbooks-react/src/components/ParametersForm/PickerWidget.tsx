import { useEffect, useState } from 'react';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useApiHolder } from '@backstage/core-plugin-api';
import type { JsonObject } from '@backstage/types';
import {
  ariaDescribedByIds,
  type RJSFSchema,
  type WidgetProps,
} from '@rjsf/utils';
import { usePickerForm } from '../../pickers/PickerForm';
import type { RunbookPickerOption } from '../../pickers/RunbookPicker';
import { runbookPickersApiRef } from '../../pickers/runbookPickersApiRef';
import {
  usePickerOptions,
  type PickerOptions,
} from '../../pickers/usePickerOptions';

function helpOf(found: PickerOptions, hint: string | undefined) {
  if (found.failure) {
    return `There is no list: ${found.failure.replace(
      /\.$/,
      '',
    )}. You can type it.`;
  }
  if (found.note) return found.note;
  return found.asked && found.options.length === 0
    ? 'Nothing to choose from: type it.'
    : hint ?? '';
}

/** What was typed narrows the list, until it is one of its entries. */
function narrow(options: readonly RunbookPickerOption[], text: string) {
  const wanted = text.trim().toLocaleLowerCase('en-US');
  if (!wanted || options.some(({ value }) => value === text)) {
    return [...options];
  }
  return options.filter(({ value, label = '', detail = '' }) =>
    `${value} ${label} ${detail}`.toLocaleLowerCase('en-US').includes(wanted),
  );
}

/**
 * A parameter with something to choose from. Where nobody brought its picker
 * it is a text field, and whatever is offered, anything may be typed.
 */
export function PickerWidget(
  props: WidgetProps<JsonObject, RJSFSchema, JsonObject>,
) {
  const { id, name, schema, label, required, disabled, readonly } = props;
  const { onChange, onBlur, onFocus, rawErrors = [], autofocus } = props;
  const text = typeof props.value === 'string' ? props.value : '';
  const form = usePickerForm();
  const [open, setOpen] = useState(false);
  const pickerName = String(schema['x-picker'] ?? '');
  const picker = useApiHolder()
    .get(runbookPickersApiRef)
    ?.getPicker(pickerName);
  const found = usePickerOptions({ picker, text, open });

  // What has to be filled in is where the typing goes.
  useEffect(() => {
    if (autofocus) document.getElementById(id)?.focus();
  }, [autofocus, id]);

  const choose = ({ value, fills = {} }: RunbookPickerOption) => {
    if (!form.choose(id, value, fills)) onChange(value);
  };
  return (
    <Autocomplete<RunbookPickerOption, false, true, true>
      id={id}
      freeSolo
      disableClearable
      forcePopupIcon={picker !== undefined}
      open={open && picker !== undefined}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      disabled={disabled || readonly}
      options={narrow(found.options, text)}
      filterOptions={all => all}
      loading={found.loading}
      loadingText="Looking what there is …"
      value={text}
      inputValue={text}
      getOptionLabel={option =>
        typeof option === 'string' ? option : option.value
      }
      getOptionSelected={option => option.value === text}
      renderOption={({ value, label: readable, detail }) => (
        <div>
          <Typography variant="body2">{readable ?? value}</Typography>
          {(detail || (readable && readable !== value)) && (
            <Typography variant="caption" color="textSecondary" component="div">
              {[readable && readable !== value ? value : '', detail]
                .filter(Boolean)
                .join(' · ')}
            </Typography>
          )}
        </div>
      )}
      onInputChange={(_event, next, reason) => {
        if (reason === 'input') onChange(next || undefined);
      }}
      onChange={(_event, option) => {
        if (typeof option !== 'string') choose(option);
      }}
      onBlur={() => onBlur(id, text)}
      onFocus={() => onFocus(id, text)}
      renderInput={params => (
        <TextField
          {...params}
          name={name}
          label={label}
          required={required}
          error={rawErrors.length > 0}
          helperText={helpOf(found, picker ? undefined : hintOf(pickerName))}
          inputProps={{
            ...params.inputProps,
            'aria-describedby': ariaDescribedByIds(id),
          }}
        />
      )}
    />
  );
}

/** Said where no plugin brought the picker. */
function hintOf(picker: string): string {
  const what = picker.replace(/-/g, ' ');
  return `Type the ${what}: this app has nothing to choose it from.`;
}
