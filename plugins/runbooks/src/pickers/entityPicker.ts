import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { RunbookPicker } from '@lakehouse-ops/plugin-runbooks-react';

/** More than this nobody reads: typing narrows it. */
const MAX_ENTITIES = 50;

/**
 * Entities of the catalog, for parameters with `x-picker: entity`.
 *
 * @public
 */
export const entityPicker: RunbookPicker = {
  name: 'entity',
  hint: 'An entity reference, such as resource:default/analytics.',
  async load({ text, apis }) {
    const catalog = apis.get(catalogApiRef);
    if (!catalog) return { options: [], note: 'This app has no catalog.' };
    const { items, totalItems } = await catalog.queryEntities({
      fields: [
        'kind',
        'metadata.name',
        'metadata.namespace',
        'metadata.title',
        'spec.type',
      ],
      limit: MAX_ENTITIES,
      fullTextFilter: {
        // A whole reference is found by its name.
        term: text.replace(/^.*[:/]/, ''),
        fields: ['metadata.name', 'metadata.title'],
      },
    });
    return {
      options: items.map(entity => {
        const value = stringifyEntityRef(entity);
        return {
          value,
          label: entity.metadata.title ?? entity.metadata.name,
          ...(typeof entity.spec?.type === 'string'
            ? { detail: entity.spec.type }
            : {}),
        };
      }),
      ...(totalItems > items.length
        ? { note: `${items.length} of ${totalItems}: type to narrow them.` }
        : {}),
    };
  },
};
