import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import Typography from '@material-ui/core/Typography';
import type {
  SloCorrection,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { describeError, sloApiRef } from '../../api';
import { formatClock, formatUtc } from '../../components/format';
import { DataTable, useTableStyles } from '../../components/layout';
import { EmptyNote } from '../../components/states';
import { useLakehouseColors } from '../../components/useLakehouseColors';
import { manageRefusal } from '../card/sloFacts';
import { ReasonDialog } from '../drawers/ReasonDialog';
import { RefusableButton } from '../drawers/RefusableButton';

interface Exception {
  readonly id: string;
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly author: string;
  readonly correction?: SloCorrection;
}

/** Times that don't count and silences, each with who and why; both can be undone. */
export const Exceptions = (props: { slo: SloView; onChanged: () => void }) => {
  const { slo, onChanged } = props;
  const api = useApi(sloApiRef);
  const classes = useTableStyles();
  const colors = useLakehouseColors();
  const [undone, setUndone] = useState<SloCorrection>();
  const [ending, end] = useAsyncFn(
    async (silenceId: string) => {
      await api.endSloSilence(slo.id, silenceId);
      onChanged();
    },
    [api, slo.id, onChanged],
  );
  const refusal = manageRefusal(slo);
  const rows: Exception[] = [
    ...slo.silences.map(silence => ({
      ...silence,
      what: 'Alerts silenced',
      to: silence.until,
    })),
    ...slo.corrections.map(correction => ({
      ...correction,
      what:
        correction.kind === 'maintenance'
          ? 'Planned maintenance'
          : 'Correction',
      correction,
    })),
  ].sort((a, b) => b.from.localeCompare(a.from));
  if (rows.length === 0) {
    return <EmptyNote text="Every time counts, and no alert is silenced." />;
  }
  return (
    <>
      <DataTable
        label="Times that do not count, and silences"
        minWidth={760}
        rows={rows}
        idOf={({ id }) => id}
        columns={[
          { id: 'what', title: 'What', width: 150, cell: ({ what }) => what },
          {
            id: 'when',
            title: 'When',
            width: 210,
            cell: ({ from, to }) => (
              <span title={`${formatUtc(from)} – ${formatUtc(to)}`}>
                {formatClock(from)} – {formatClock(to)}
              </span>
            ),
          },
          {
            id: 'why',
            title: 'Why',
            overflow: 'wrap',
            cell: ({ reason }) => reason,
          },
          {
            id: 'who',
            title: 'Who',
            width: 130,
            overflow: 'clip',
            cell: ({ author }) => (
              <EntityRefLink entityRef={author} defaultKind="user" />
            ),
          },
          {
            id: 'actions',
            title: 'Actions',
            actions: true,
            width: 120,
            cell: ({ id, correction }) => (
              <RefusableButton
                refusal={refusal}
                onClick={() => (correction ? setUndone(correction) : end(id))}
              >
                {correction ? 'Count it' : 'End'}
              </RefusableButton>
            ),
          },
        ]}
      />
      {ending.error && (
        <Typography
          role="alert"
          variant="body2"
          className={classes.wrap}
          style={{ color: colors.breached }}
        >
          The silence was not ended:{' '}
          {describeError(toError(ending.error)).message}
        </Typography>
      )}
      {undone && (
        <ReasonDialog
          title="Count this time after all"
          explanation={`“${undone.reason}” no longer takes ${formatClock(
            undone.from,
          )} – ${formatClock(
            undone.to,
          )} out: what happened then counts again, in the budget and in the charts.`}
          action="Count it"
          onClose={() => setUndone(undefined)}
          onConfirm={async reason => {
            await api.removeSloCorrection(slo.id, undone.id, reason);
            onChanged();
          }}
        />
      )}
    </>
  );
};
