import type { ComponentProps } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import {
  RunbookButton,
  runbooksApiRef,
} from '@lakehouse-ops/plugin-runbooks-react';

/** A runbook's button; nothing in an app that has no Runbooks plugin. */
export const RunbookAction = (props: ComponentProps<typeof RunbookButton>) =>
  useApiHolder().get(runbooksApiRef) ? <RunbookButton {...props} /> : null;
