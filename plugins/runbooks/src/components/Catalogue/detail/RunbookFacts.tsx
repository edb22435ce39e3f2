import type { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { RunbookDetail } from '@lakehouse-ops/plugin-runbooks-common';
import {
  formatValue,
  statisticsWords,
  TimeText,
} from '@lakehouse-ops/plugin-runbooks-react';
import { runsOfPath } from '../runsOfPath';
import { isWebAddress } from '../RunbookProblems';

/** Enough to tell two versions apart; the whole of it on hover. */
const SHORT_HASH = 12;

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(0.5),
    margin: 0,
  },
  value: { margin: 0, overflowWrap: 'anywhere' },
  code: { fontFamily: 'monospace', fontSize: theme.typography.pxToRem(13) },
}));

/** Whose a runbook is, which version, from where, and how it did. */
export function RunbookFacts({ detail }: { detail: RunbookDetail }) {
  const classes = useStyles();
  const { owner, definitionHash, source, statistics, definition } = detail;
  const limits = definition?.limits ?? {};
  const facts: Array<[name: string, value: ReactNode]> = [
    ['Id', <span className={classes.code}>{detail.id}</span>],
    ['Owner', owner && <EntityRefLink entityRef={owner} defaultKind="group" />],
    ['Tags', detail.tags?.join(', ')],
    [
      'Version',
      definitionHash && (
        <span className={classes.code} title={definitionHash}>
          {definitionHash.slice(0, SHORT_HASH)}
        </span>
      ),
    ],
    [
      'Source',
      source &&
        (isWebAddress(source) ? (
          <Link to={source}>{source}</Link>
        ) : (
          <span className={classes.code}>{source}</span>
        )),
    ],
    [
      'Limits',
      [
        limits.maxConcurrent && `${limits.maxConcurrent} at a time`,
        limits.maxPerHour && `${limits.maxPerHour} an hour`,
        limits.maxPerTargetPerHour &&
          `${limits.maxPerTargetPerHour} an hour for one target`,
      ]
        .filter(Boolean)
        .join(', '),
    ],
    [
      'Target busy',
      definition &&
        (definition.whenLocked === 'queue'
          ? 'it waits for the other run'
          : 'it is refused'),
    ],
    [
      'Runs',
      <>
        {statistics && `${statisticsWords(statistics)}. `}
        {statistics?.medianDurationMs !== undefined &&
          `It usually takes ${formatValue(
            statistics.medianDurationMs,
            'ms',
          )}. `}
        {statistics?.lastRunAt && (
          <>
            Last run <TimeText iso={statistics.lastRunAt} />.{' '}
          </>
        )}
        <Link to={runsOfPath(detail.id)}>Its runs</Link>
      </>,
    ],
  ];
  return (
    <dl className={classes.list}>
      {facts
        .filter(([, value]) => Boolean(value))
        .map(([name, value]) => [
          <Typography
            key={`${name} name`}
            component="dt"
            variant="body2"
            color="textSecondary"
          >
            {name}
          </Typography>,
          <Typography
            key={`${name} value`}
            component="dd"
            variant="body2"
            className={classes.value}
          >
            {value}
          </Typography>,
        ])}
    </dl>
  );
}
