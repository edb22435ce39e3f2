import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import { DefinitionDrawer } from '../drawers/DefinitionDrawer';
import { SpendersDrawer } from '../drawers/SpendersDrawer';
import { WhatIfDrawer } from '../drawers/WhatIfDrawer';
import type { SloUrl } from '../sloUrl';

/** What the URL opens over an SLO. */
export const SloPanels = (props: {
  slo: SloView;
  url: SloUrl;
  onClose: () => void;
}) => {
  const { slo, url, onClose } = props;
  switch (url.panel) {
    case 'spent':
      return <SpendersDrawer slo={slo} url={url} onClose={onClose} />;
    case 'definition':
      return <DefinitionDrawer slo={slo} onClose={onClose} />;
    case 'what-if':
      return <WhatIfDrawer slo={slo} onClose={onClose} />;
    default:
      return null;
  }
};
