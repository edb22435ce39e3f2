import { type LakeCatalog } from '../catalogs/LakeCatalog';
import { type Random } from './Random';
import { LAKE_SEEDS } from './lakeSeeds';
import { LAYER_SEEDS } from './layerSeeds';
import { seedTable } from './seedTable';

export interface SeedOptions {
  iceberg: LakeCatalog;
  delta: LakeCatalog;
  random: Random;
  nowMs: number;
}

/** Fills the catalogs with the demo tables and their past. */
export function seedTables(options: SeedOptions): void {
  const { iceberg, delta, random, nowMs } = options;
  for (const seed of [...LAKE_SEEDS, ...LAYER_SEEDS]) {
    const catalog = seed.catalog === 'delta' ? delta : iceberg;
    if (!catalog.hasSchema(seed.schema)) {
      catalog.createSchema(seed.schema);
    }
    seedTable(seed, { catalog, random, nowMs });
  }
}
