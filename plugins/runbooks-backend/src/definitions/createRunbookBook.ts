import type {
  AuthService,
  LoggerService,
  RootConfigService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { ActionRegistry } from '../engine/ActionRegistry';
import { ActionFacts } from './ActionFacts';
import { DatabaseRunbookVersions } from './DatabaseRunbookVersions';
import { DefaultRunbookBook } from './DefaultRunbookBook';
import { EntityRunbookSources } from './EntityRunbookSources';
import { readRunbookFilesConfig } from './readRunbookFilesConfig';
import { RunbookFileParser } from './RunbookFileParser';
import type { ShippedRunbooks } from './ShippedRunbooks';
import { RunbookTextReader } from './RunbookTextReader';

/** The book of a Backstage: files of modules, of the config, and of entities. */
export function createRunbookBook(options: {
  config: RootConfigService;
  db: Knex;
  catalog: CatalogService;
  auth: AuthService;
  urlReader: UrlReaderService;
  logger: LoggerService;
  registry: ActionRegistry;
  shipped: ShippedRunbooks;
}): { book: DefaultRunbookBook; refreshMs: number } {
  const { sources, refreshMs } = readRunbookFilesConfig(options.config);
  const book = new DefaultRunbookBook({
    sources: [...options.shipped.list(), ...sources],
    entities: new EntityRunbookSources(options),
    reader: new RunbookTextReader(options),
    parser: new RunbookFileParser(new ActionFacts(options.registry)),
    versions: new DatabaseRunbookVersions(options),
    logger: options.logger,
  });
  return { book, refreshMs };
}
