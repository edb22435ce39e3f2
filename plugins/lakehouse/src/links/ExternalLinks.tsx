import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import OpenInNewIcon from '@material-ui/icons/OpenInNew';
import type { ExternalLink } from '@lakehouse-ops/plugin-lakehouse-common';
import { ActionBar } from '../components/layout';

const useStyles = makeStyles({
  link: { display: 'inline-flex', alignItems: 'center', gap: 4 },
  icon: { fontSize: '1rem' },
});

/** Ways to where more is known, each in a window of its own; nothing when there are none. */
export const ExternalLinks = (props: { links?: readonly ExternalLink[] }) => {
  const classes = useStyles();
  const { links = [] } = props;
  return links.length === 0 ? null : (
    <ActionBar>
      {links.map(({ title, url }) => (
        <Link key={`${title} ${url}`} to={url} className={classes.link}>
          {title} <OpenInNewIcon className={classes.icon} aria-hidden />
        </Link>
      ))}
    </ActionBar>
  );
};
