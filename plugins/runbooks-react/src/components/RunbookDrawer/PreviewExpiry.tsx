import { useState } from 'react';
import Typography from '@material-ui/core/Typography';
import type { Preview } from '@lakehouse-ops/plugin-runbooks-common';
import { previewLifeMs } from '../../hooks/usePreview';
import { TimeText } from '../labels';

/** Until when a preview may be run. Mount it anew for each preview. */
export function PreviewExpiry({ preview }: { preview: Preview }) {
  // By the viewer's clock, as it is made anew by it.
  const [goodUntil] = useState(() =>
    new Date(Date.now() + previewLifeMs(preview)).toISOString(),
  );
  return (
    <Typography variant="caption" color="textSecondary" component="p">
      Good until <TimeText iso={goodUntil} format="clock" />; then it is looked
      at again.
    </Typography>
  );
}
