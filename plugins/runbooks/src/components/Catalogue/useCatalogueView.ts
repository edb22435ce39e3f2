import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  formatCatalogueUrl,
  parseCatalogueUrl,
  type CatalogueView,
} from './catalogueUrl';

/** The view of the catalogue, held by the page's address. */
export function useCatalogueView(): {
  readonly view: CatalogueView;
  change(part: Partial<CatalogueView>): void;
} {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseCatalogueUrl(params), [params]);
  return {
    view,
    change: part =>
      setParams(formatCatalogueUrl({ ...view, ...part }), {
        // What opens is gone back from; what narrows is not.
        replace: part.open === undefined,
      }),
  };
}
