import { useEffect, useState } from 'react';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';

/**
 * Entity ref of the one who looks at the page; `undefined` while that is not
 * known. The backend decides what they may do, so this only chooses words.
 *
 * @public
 */
export function useViewer(): string | undefined {
  const identityApi = useApi(identityApiRef);
  const [viewer, setViewer] = useState<string>();

  useEffect(() => {
    let mounted = true;
    identityApi.getBackstageIdentity().then(
      ({ userEntityRef }) => mounted && setViewer(userEntityRef),
      () => mounted && setViewer(undefined),
    );
    return () => {
      mounted = false;
    };
  }, [identityApi]);

  return viewer;
}
