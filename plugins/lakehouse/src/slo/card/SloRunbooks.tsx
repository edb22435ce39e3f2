import { useApiHolder } from '@backstage/core-plugin-api';
import {
  runbooksApiRef,
  SuggestedRunbooks,
} from '@lakehouse-ops/plugin-runbooks-react';
import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { Padded, Section } from '../../components/layout';
import { suggestionContextOf } from '../suggestionContextOf';

/** Fires now, so that help is wanted before figures. */
export const firesNow = ({ burnRates }: Pick<SloView, 'burnRates'>) =>
  burnRates.some(({ state }) => state === 'firing');

/**
 * Runbooks that fit an SLO; those that its owners name alone where the app has
 * no Runbooks plugin.
 */
export const SloRunbooks = (props: {
  slo: SloView;
  limit?: number;
  onChanged: () => void;
}) => {
  const { slo, limit, onChanged } = props;
  const runnable = useApiHolder().get(runbooksApiRef) !== undefined;
  const { runbooks } = slo.definition;
  if (!runnable && runbooks.length === 0) return null;
  return (
    <Section title="Runbooks">
      <Padded>
        {runnable ? (
          <SuggestedRunbooks
            context={suggestionContextOf(slo)}
            limit={limit}
            onRunEnded={onChanged}
            empty={
              runbooks.length > 0
                ? `Its owners suggest ${runbooks.join(
                    ', ',
                  )}, which this Backstage does not have or you may not see.`
                : 'No runbook says that it is for such an SLO.'
            }
          />
        ) : (
          `Its owners suggest: ${runbooks.join(', ')}.`
        )}
      </Padded>
    </Section>
  );
};
