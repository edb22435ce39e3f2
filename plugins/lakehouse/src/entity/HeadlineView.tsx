import { Fragment } from 'react';
import { Link } from '@backstage/core-components';
import MuiLink from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { StatusMark } from '../components/status';
import type { Headline, HeadlineClause } from './headline';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1.5),
    minHeight: 28,
  },
  link: { verticalAlign: 'baseline', textAlign: 'left', font: 'inherit' },
}));

const Elsewhere = (props: { path?: string; children: string }) =>
  props.path ? (
    <Link to={props.path}>{props.children}</Link>
  ) : (
    <>{props.children}</>
  );

/** The sentence of the page; its clauses lead to their reasons. */
export const HeadlineView = (props: {
  headline: Headline;
  onOpen: (link: NonNullable<HeadlineClause['link']>) => void;
}) => {
  const { status, clauses } = props.headline;
  const classes = useStyles();
  if (clauses.length === 0) return <div className={classes.root} />;
  return (
    <div className={classes.root}>
      <StatusMark status={status} />
      <Typography variant="body1" component="p">
        {clauses.map((clause, index) => {
          const text = index === 0 ? capitalise(clause.text) : clause.text;
          const { link, path } = clause;
          return (
            <Fragment key={clause.text}>
              {index > 0 && '; '}
              {link ? (
                <MuiLink
                  component="button"
                  type="button"
                  className={classes.link}
                  onClick={() => props.onOpen(link)}
                >
                  {text}
                </MuiLink>
              ) : (
                <Elsewhere path={path}>{text}</Elsewhere>
              )}
            </Fragment>
          );
        })}
        .
      </Typography>
    </div>
  );
};

function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en-US') + text.slice(1);
}
