import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import type {
  SloObjective,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { ActionBar, Columns, SideDrawer, Stack } from '../../components/layout';
import { ResourceView, SkeletonBox } from '../../components/states';
import { BurnDownChart } from '../charts';
import { formatTarget } from '../sloFormat';
import { chartSpan } from '../sloUrl';
import { useSloHistory, useSloWhatIf } from '../useSlos';
import { ObjectiveSliders } from './ObjectiveSliders';
import { ThenVsNow } from './ThenVsNow';

/** A slider is moved often; the past is counted anew when it rests. */
const SETTLE_MS = 400;

const WHOLE_WINDOW = {};

const Trial = (props: { slo: SloView; objective: SloObjective }) => {
  const { slo, objective } = props;
  const [target, setTarget] = useState(objective.target);
  const [threshold, setThreshold] = useState(objective.threshold?.value);
  const [settled, setSettled] = useState({ target, threshold });
  useDebounce(() => setSettled({ target, threshold }), SETTLE_MS, [
    target,
    threshold,
  ]);
  const composite = slo.definition.objectives.length > 1;
  const of = composite ? { objective: objective.key } : {};
  const now = useSloWhatIf(slo.id, {
    target: objective.target,
    ...(objective.threshold ? { threshold: objective.threshold.value } : {}),
    ...of,
  });
  const then = useSloWhatIf(slo.id, {
    target: settled.target,
    ...(settled.threshold === undefined
      ? {}
      : { threshold: settled.threshold }),
    ...of,
  });
  const history = useSloHistory(slo.id, WHOLE_WINDOW);
  const changed =
    target !== objective.target || threshold !== objective.threshold?.value;
  return (
    <>
      <ObjectiveSliders
        objective={objective}
        target={target}
        threshold={threshold}
        onTarget={setTarget}
        onThreshold={setThreshold}
      />
      <ActionBar>
        <Button
          size="small"
          disabled={!changed}
          onClick={() => {
            setTarget(objective.target);
            setThreshold(objective.threshold?.value);
          }}
        >
          Back to how it is ({formatTarget(objective.target)})
        </Button>
      </ActionBar>
      <ResourceView
        resource={then}
        what={`what the change of ${slo.title} would have meant`}
        skeleton={<SkeletonBox height={160} />}
      >
        {whatIf => (
          <Stack>
            <Columns minWidth={320}>
              <ThenVsNow
                slo={slo}
                now={now.data}
                nowTarget={objective.target}
                then={whatIf}
              />
            </Columns>
            {whatIf.note && (
              <Typography variant="body2" color="textSecondary">
                {whatIf.note}
              </Typography>
            )}
            <ResourceView
              resource={history}
              what={`history of ${slo.title}`}
              skeleton={<SkeletonBox height={270} />}
            >
              {data => (
                <BurnDownChart
                  history={data}
                  window={{
                    fromMs: Date.parse(slo.windowFrom),
                    toMs: Date.parse(slo.windowTo),
                  }}
                  span={chartSpan(slo, { ...data, forecast: [] }, true)}
                  marks={[]}
                  whatIf={whatIf}
                />
              )}
            </ResourceView>
          </Stack>
        )}
      </ResourceView>
    </>
  );
};

/** Tries another target or threshold on what was recorded, before anybody commits to it. */
export const WhatIfDrawer = (props: { slo: SloView; onClose: () => void }) => {
  const { slo } = props;
  const { objectives } = slo.definition;
  const [key, setKey] = useState(objectives[0].key);
  const objective = objectives.find(one => one.key === key) ?? objectives[0];
  return (
    <SideDrawer
      open
      width={980}
      title={`Try a change of “${slo.title}”`}
      subtitle="Counted on what was recorded; nothing is changed by trying"
      onClose={props.onClose}
    >
      <Stack>
        {objectives.length > 1 && (
          <TextField
            id="slo-what-if-objective"
            select
            label="Objective"
            variant="outlined"
            size="small"
            margin="none"
            value={objective.key}
            InputLabelProps={{ shrink: true }}
            onChange={event => setKey(event.target.value)}
          >
            {objectives.map(one => (
              <MenuItem key={one.key} value={one.key}>
                {one.displayName ?? one.sli.displayName ?? one.sli.name}
              </MenuItem>
            ))}
          </TextField>
        )}
        <Trial key={objective.key} slo={slo} objective={objective} />
      </Stack>
    </SideDrawer>
  );
};
