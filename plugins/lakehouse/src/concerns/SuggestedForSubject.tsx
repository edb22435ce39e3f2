import type { ComponentProps } from 'react';
import { SuggestedRun } from '../components/SuggestedRun';
import {
  findEntity,
  type LakehouseSubject,
  useLakehouseEntities,
} from '../links';

/** What helps, its parameters filled in from the entity that stands for the subject. */
export const SuggestedForSubject = (
  props: ComponentProps<typeof SuggestedRun> & { subject?: LakehouseSubject },
) => {
  const { context, subject, ...rest } = props;
  const entities = useLakehouseEntities();
  const entityRef =
    entities && subject && findEntity(entities, subject)?.entityRef;
  return (
    <SuggestedRun
      {...rest}
      context={entityRef ? { ...context, entityRef } : context}
    />
  );
};
