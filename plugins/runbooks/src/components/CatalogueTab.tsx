import { Content } from '@backstage/core-components';
import { CataloguePage } from './Catalogue/CataloguePage';

/** The catalogue, under the header that the new frontend system draws. */
export function CatalogueTab() {
  return (
    <Content>
      <CataloguePage />
    </Content>
  );
}
