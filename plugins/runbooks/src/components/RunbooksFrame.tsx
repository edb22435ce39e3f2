import type { PropsWithChildren } from 'react';
import { Content } from '@backstage/core-components';
import { PauseBanner } from './Pauses/PauseBanner';

/** What all pages of Runbooks have in common: nobody overlooks a pause. */
export function RunbooksFrame(props: PropsWithChildren<{}>) {
  return (
    <Content>
      <PauseBanner />
      {props.children}
    </Content>
  );
}
