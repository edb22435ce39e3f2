import { useState } from 'react';
import { CodeSnippet, Link } from '@backstage/core-components';
import Chip from '@material-ui/core/Chip';
import Typography from '@material-ui/core/Typography';
import type {
  BurnRateCondition,
  SloAlertPolicy,
  SloDefinition,
  SloExportFormat,
  SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatDateTime } from '../../components/format';
import {
  DataTable,
  FactGrid,
  Section,
  SideDrawer,
  Stack,
  useFilterStyles,
} from '../../components/layout';
import { ResourceView, SkeletonBox } from '../../components/states';
import { describeSli } from '../describeSli';
import { FileProblems } from '../files/FileProblems';
import {
  formatBurn,
  formatLookback,
  formatTarget,
  formatThreshold,
  formatWindow,
} from '../sloFormat';
import { useSloExport } from '../useSlos';

const FORMATS: Record<SloExportFormat, string> = {
  openslo: 'OpenSLO',
  sloth: 'Sloth',
  prometheus: 'Prometheus rules',
};

const Objectives = ({ definition }: { definition: SloDefinition }) => (
  <DataTable
    label="Defined objectives"
    rows={definition.objectives}
    idOf={({ key }) => key}
    columns={[
      {
        id: 'what',
        title: 'What is counted',
        overflow: 'wrap',
        cell: ({ displayName, sli }) =>
          `${displayName ? `${displayName}: ` : ''}${describeSli(sli.source)}`,
      },
      {
        id: 'good',
        title: 'Good when',
        cell: ({ threshold }) =>
          threshold ? formatThreshold(threshold) : 'told by the indicator',
      },
      {
        id: 'slice',
        title: 'Slice',
        cell: ({ slice }) => {
          if (!slice) return 'each event';
          const length = formatLookback(slice.durationMs);
          return slice.target === undefined
            ? length
            : `${length}, ${formatTarget(slice.target)} good`;
        },
      },
      {
        id: 'target',
        title: 'Target',
        numeric: true,
        cell: ({ target }) => formatTarget(target),
      },
      {
        id: 'weight',
        title: 'Weight',
        numeric: true,
        cell: ({ weight }) => weight,
      },
    ]}
  />
);

type ConditionRow = Omit<BurnRateCondition, 'op'> & { readonly told: string };

const Policies = ({ slo }: { slo: SloView }) => {
  const { alertPolicies } = slo.definition;
  const rows: ConditionRow[] =
    alertPolicies.length > 0
      ? alertPolicies.flatMap((policy: SloAlertPolicy) =>
          policy.conditions.map(condition => ({
            ...condition,
            told: policy.targets.join(', '),
          })),
        )
      : slo.burnRates.map(
          ({ condition, severity, factor, longMs, shortMs }) => ({
            name: condition,
            severity,
            factor,
            longMs,
            shortMs,
            alertAfterMs: 0,
            told: 'owner, on-call',
          }),
        );
  return (
    <DataTable
      label="Alert conditions"
      rows={rows}
      idOf={({ name }) => name}
      columns={[
        {
          id: 'name',
          title: 'Condition',
          overflow: 'wrap',
          cell: ({ name, severity }) => `${name} (${severity})`,
        },
        {
          id: 'when',
          title: 'Fires when',
          cell: ({ factor, longMs, shortMs }) =>
            `${formatBurn(factor)} over ${formatLookback(longMs)}${
              shortMs === undefined ? '' : ` and ${formatLookback(shortMs)}`
            }`,
        },
        {
          id: 'after',
          title: 'For',
          cell: ({ alertAfterMs }) =>
            alertAfterMs > 0 ? formatLookback(alertAfterMs) : 'at once',
        },
        {
          id: 'told',
          title: 'Told',
          overflow: 'wrap',
          cell: ({ told }) => told,
        },
      ]}
    />
  );
};

const Exports = ({ id }: { id: string }) => {
  const classes = useFilterStyles();
  const [format, setFormat] = useState<SloExportFormat>('openslo');
  const exported = useSloExport(id, format);
  const formats: SloExportFormat[] = ['openslo', 'sloth', 'prometheus'];
  return (
    <Stack>
      <div className={classes.group} role="group" aria-label="Format">
        {formats.map(one => (
          <Chip
            key={one}
            size="small"
            className={classes.chip}
            label={FORMATS[one]}
            color={format === one ? 'primary' : 'default'}
            variant={format === one ? 'default' : 'outlined'}
            aria-pressed={format === one}
            onClick={() => setFormat(one)}
          />
        ))}
      </div>
      <ResourceView
        resource={exported}
        what={`${FORMATS[format]} of this SLO`}
        skeleton={<SkeletonBox height={200} />}
      >
        {text => <CodeSnippet language="text" text={text} showCopyCodeButton />}
      </ResourceView>
    </Stack>
  );
};

/** How an SLO is defined, and the same for other tools. */
export const DefinitionDrawer = (props: {
  slo: SloView;
  onClose: () => void;
}) => {
  const { slo } = props;
  const { definition, file } = slo;
  return (
    <SideDrawer
      open
      title={slo.title}
      subtitle={`Definition of ${slo.name}`}
      onClose={props.onClose}
    >
      <Stack>
        {definition.description && (
          <Typography variant="body1">{definition.description}</Typography>
        )}
        <FileProblems files={file.problems.length > 0 ? [file] : []} />
        <FactGrid
          facts={[
            { name: 'Window', value: formatWindow(definition.window) },
            { name: 'Method', value: definition.method },
            { name: 'Service', value: definition.service },
            {
              name: 'File',
              value: slo.editUrl ? (
                <Link to={slo.editUrl}>{file.location}</Link>
              ) : (
                file.location
              ),
            },
            {
              name: 'In use since',
              value: file.usedSince
                ? formatDateTime(file.usedSince)
                : 'not told',
            },
            {
              name: 'Labels',
              value:
                Object.entries(definition.labels)
                  .map(([name, value]) => `${name}=${value}`)
                  .join(', ') || 'none',
            },
          ]}
        />
        <Section title="Objectives">
          <Objectives definition={definition} />
        </Section>
        <Section title="Alerts">
          <Policies slo={slo} />
        </Section>
        {definition.budgetPolicy.length > 0 && (
          <Section title="What was agreed" padded>
            <ul style={{ margin: 0, paddingLeft: 20 }}>
              {definition.budgetPolicy.map(({ remaining, action }) => (
                <Typography key={remaining} variant="body2" component="li">
                  At {Math.round(remaining * 100)} % left: {action}
                </Typography>
              ))}
            </ul>
          </Section>
        )}
        <Section title="Take it elsewhere" padded>
          <Exports id={slo.id} />
        </Section>
      </Stack>
    </SideDrawer>
  );
};
