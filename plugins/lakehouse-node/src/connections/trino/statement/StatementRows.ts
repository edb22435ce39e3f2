import { TrinoLimitError } from '../errors';
import type { TrinoColumn, TrinoValue } from '../TrinoConnection';
import type { StatementPage } from './statementPage';

/** The rows of one statement, never more than may be kept. */
export class StatementRows {
  readonly rows: Array<Readonly<Record<string, TrinoValue>>> = [];
  readonly #maxRows: number;
  #columns: readonly TrinoColumn[] = [];

  static create(maxRows: number) {
    return new StatementRows(maxRows);
  }

  private constructor(maxRows: number) {
    this.#maxRows = maxRows;
  }

  get columns(): readonly TrinoColumn[] {
    return this.#columns;
  }

  /** @throws TrinoLimitError at the first row too many */
  take(page: StatementPage) {
    if (page.columns) this.#columns = page.columns;
    for (const row of page.data ?? []) {
      if (this.rows.length === this.#maxRows) {
        throw new TrinoLimitError({
          what: `The result of query ${page.id}`,
          limit: this.#maxRows,
          unit: 'rows',
          remedy: 'Add a LIMIT or a narrower WHERE to the statement.',
          queryId: page.id,
        });
      }
      this.rows.push(
        Object.fromEntries(
          this.#columns.map((column, index) => [column.name, row[index]]),
        ),
      );
    }
  }
}
