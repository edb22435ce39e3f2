import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: {
    position: 'absolute',
    width: 1,
    height: 1,
    margin: -1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
    whiteSpace: 'nowrap',
  },
});

/** For screen readers only. A block may hold more than words. */
export const HiddenText = (props: { block?: boolean; children: ReactNode }) => {
  const Tag = props.block ? 'div' : 'span';
  return <Tag className={useStyles().root}>{props.children}</Tag>;
};
