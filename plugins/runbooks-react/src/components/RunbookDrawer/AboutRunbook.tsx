import { useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { MarkdownContent } from '@backstage/core-components';
import type { RunbookSummary } from '@lakehouse-ops/plugin-runbooks-common';
import { groupName, statisticsWords } from '../../format/words';
import { useRunbookDetail } from '../../hooks/useRunbookDetail';
import { TimeText } from '../labels';

/** Longer docs than this do not push the preview out of sight. */
const LONG_DOCS = 400;

const useStyles = makeStyles(theme => ({
  facts: { marginTop: theme.spacing(0.5) },
  docs: {
    marginTop: theme.spacing(1),
    ...theme.typography.body2,
    overflowWrap: 'anywhere',
    '& p, & li': theme.typography.body2,
    '& > :first-child': { marginTop: 0 },
    '& pre': { overflowX: 'auto' },
  },
  short: {
    maxHeight: 120,
    overflow: 'hidden',
    maskImage: 'linear-gradient(black 60%, transparent)',
  },
}));

/** What a runbook is for, whose it is, and how it did. */
export function AboutRunbook({ runbook }: { runbook: RunbookSummary }) {
  const classes = useStyles();
  const docsId = useId();
  const [all, setAll] = useState(false);
  const isFile = runbook.kind === 'runbook';
  const { detail } = useRunbookDetail(isFile ? runbook.id : undefined);
  const { owner, statistics } = runbook;
  const docs = detail?.definition?.docs ?? '';
  const long = docs.length > LONG_DOCS;
  return (
    <>
      <Typography>{runbook.description}</Typography>
      {(owner || statistics) && (
        <Typography
          variant="body2"
          color="textSecondary"
          component="div"
          className={classes.facts}
        >
          {owner && `Kept by ${groupName(owner)}. `}
          {statistics && `${statisticsWords(statistics)}. `}
          {statistics?.lastRunAt && (
            <>
              Last run <TimeText iso={statistics.lastRunAt} />.
            </>
          )}
        </Typography>
      )}
      {docs && (
        <div
          id={docsId}
          className={`${classes.docs} ${long && !all ? classes.short : ''}`}
        >
          <MarkdownContent content={docs} dialect="gfm" />
        </div>
      )}
      {long && (
        <Button
          size="small"
          aria-expanded={all}
          aria-controls={docsId}
          onClick={() => setAll(!all)}
        >
          {all ? 'Show less' : 'Read on'}
        </Button>
      )}
    </>
  );
}
