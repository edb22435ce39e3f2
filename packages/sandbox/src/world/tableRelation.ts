import { type Relation } from '../sql/Relation';
import { BIGINT, VARCHAR } from '../sql/SqlType';
import { type SqlRow } from '../sql/SqlValue';
import { countRecords, type DataFile } from './DataFile';
import { type RowSynthesizer } from './syntheticRows';
import { type TableColumn } from './TableColumn';
import { type TableName } from './TableName';

const SAMPLE_ROWS = 4000;
const SAMPLE_THRESHOLD = 50_000;

/** Columns that can be asked for but aren't in `*`. */
const HIDDEN_COLUMNS: TableColumn[] = [
  { name: '$path', type: VARCHAR },
  { name: '$file_size', type: BIGINT },
];

function* withFile(file: DataFile, rows: Iterable<SqlRow>): Iterable<SqlRow> {
  const hidden = [file.path, BigInt(file.sizeBytes)];
  for (const row of rows) {
    yield [...row, ...hidden];
  }
}

/** The rows of some files; many rows offer a sample for heavy work. */
export function tableRelation(options: {
  name: TableName;
  columns: TableColumn[];
  synthesizer: RowSynthesizer;
  files: readonly DataFile[];
}): Relation {
  const { name, columns, synthesizer, files } = options;
  const { catalog, schema, table } = name;
  const qualifier = [catalog, schema, table];
  const total = countRecords(files);
  const data = files.filter(file => file.content === 0);
  function* rows(): Iterable<SqlRow> {
    for (const file of data) {
      yield* withFile(file, synthesizer.rowsOf(file));
    }
  }
  const perFile = Math.max(1, Math.ceil(SAMPLE_ROWS / (data.length || 1)));
  const sampleRows = () =>
    data.flatMap(file => [
      ...withFile(file, synthesizer.sampleOf(file, perFile)),
    ]);
  const scale = BigInt(Math.max(1, Math.round(total / SAMPLE_ROWS)));
  return {
    fields: [
      ...columns.map(column => ({
        name: column.name,
        type: column.type,
        qualifier,
      })),
      ...HIDDEN_COLUMNS.map(column => ({ ...column, qualifier, hidden: true })),
    ],
    rows,
    rowCount: BigInt(total),
    sample: total > SAMPLE_THRESHOLD ? { rows: sampleRows, scale } : undefined,
  };
}
