import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  LabelList,
  ReferenceArea,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { FileSizeBin } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatBytes, formatCount, formatShare } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';
import { ChartFrame } from './ChartFrame';
import { ChartTooltip } from './ChartTooltip';
import { PLOT_MARGIN, valueAxisProps } from './timeAxis';

const HEIGHT = 180;
const MIB = 1024 * 1024;
/** Sizes that engines read best; Iceberg's own target is 512 MiB. */
const TARGET = { fromBytes: 128 * MIB, toBytes: 512 * MIB };

/** Data files by size, with the sizes to aim at marked. */
export const FileSizeHistogram = (props: { bins: readonly FileSizeBin[] }) => {
  const colors = useLakehouseColors();
  const total = props.bins.reduce((sum, bin) => sum + bin.files, 0);
  const bins = props.bins.map(bin => ({
    ...bin,
    label: binLabel(bin),
    onTarget: isOnTarget(bin),
  }));
  return (
    <ChartFrame
      title="Data files by size"
      summary={summarise(bins, total)}
      legend={[
        { label: 'target 128–512 MiB', color: colors.healthy, mark: 'area' },
        { label: 'other sizes', color: colors.muted, mark: 'area' },
      ]}
      table={{
        columns: ['Size', 'Files', 'Bytes'],
        rows: bins.map(bin => [
          bin.onTarget ? `${bin.label} (target)` : bin.label,
          formatCount(bin.files),
          formatBytes(bin.sizeBytes),
        ]),
      }}
    >
      {width => (
        <BarChart
          width={width}
          height={HEIGHT}
          data={bins}
          margin={{ ...PLOT_MARGIN, top: 18 }}
          accessibilityLayer={false}
          barCategoryGap="10%"
        >
          <CartesianGrid vertical={false} stroke={colors.grid} />
          <XAxis
            dataKey="label"
            tick={{ fontSize: 11, fill: colors.text }}
            tickLine={false}
            axisLine={{ stroke: colors.muted }}
            interval={0}
          />
          <YAxis
            {...valueAxisProps(colors)}
            width={44}
            allowDecimals={false}
            tickCount={4}
            tickFormatter={formatCount}
          />
          {bins
            .filter(bin => bin.onTarget)
            .map(bin => (
              <ReferenceArea
                key={bin.label}
                x1={bin.label}
                x2={bin.label}
                fill={colors.healthy}
                fillOpacity={0.12}
              />
            ))}
          <Bar dataKey="files" isAnimationActive={false}>
            {bins.map(bin => (
              <Cell
                key={bin.label}
                fill={bin.onTarget ? colors.healthy : colors.muted}
              />
            ))}
            <LabelList
              dataKey="files"
              position="top"
              fontSize={11}
              fill={colors.text}
              formatter={value => formatCount(Number(value))}
            />
          </Bar>
          <Tooltip
            isAnimationActive={false}
            cursor={false}
            content={({ active, label }) => {
              const bin = bins.find(candidate => candidate.label === label);
              if (!active || !bin) return null;
              return (
                <ChartTooltip
                  title={bin.label}
                  rows={[
                    { label: 'files', value: formatCount(bin.files) },
                    {
                      label: 'of all files',
                      value: formatShare(total ? bin.files / total : undefined),
                    },
                    { label: 'size', value: formatBytes(bin.sizeBytes) },
                  ]}
                />
              );
            }}
          />
        </BarChart>
      )}
    </ChartFrame>
  );
};

function isOnTarget(bin: FileSizeBin): boolean {
  return (
    bin.fromBytes >= TARGET.fromBytes &&
    bin.toBytes !== undefined &&
    bin.toBytes <= TARGET.toBytes
  );
}

function binLabel(bin: FileSizeBin): string {
  if (bin.toBytes === undefined) return `≥ ${formatBytes(bin.fromBytes)}`;
  return bin.fromBytes === 0
    ? `< ${formatBytes(bin.toBytes)}`
    : `${bin.fromBytes / MIB}–${formatBytes(bin.toBytes)}`;
}

function summarise(
  bins: ReadonlyArray<FileSizeBin & { onTarget: boolean }>,
  total: number,
): string {
  if (total === 0) return 'The table has no data files.';
  const onTarget = bins
    .filter(bin => bin.onTarget)
    .reduce((sum, bin) => sum + bin.files, 0);
  return `${formatCount(onTarget)} of ${formatCount(
    total,
  )} files have the size to aim at.`;
}
