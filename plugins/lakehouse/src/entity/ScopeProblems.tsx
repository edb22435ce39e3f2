import type { EntityScope } from '@lakehouse-ops/plugin-lakehouse-common';
import { NotConfigured } from '../components/states';

/** Annotations that can't be read, each with what to change. */
export const ScopeProblems = (props: { problems: EntityScope['problems'] }) => (
  <>
    {props.problems.map(problem => (
      <NotConfigured
        key={problem.annotation}
        title={`The annotation ${problem.annotation} can't be read`}
        message={`${problem.message} Change it in the entity's YAML file.`}
      />
    ))}
  </>
);
