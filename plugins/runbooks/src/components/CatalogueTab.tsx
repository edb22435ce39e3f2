import { CataloguePage } from './Catalogue/CataloguePage';
import { RunbooksFrame } from './RunbooksFrame';

/** The catalogue, under the header that the new frontend system draws. */
export function CatalogueTab() {
  return (
    <RunbooksFrame>
      <CataloguePage />
    </RunbooksFrame>
  );
}
