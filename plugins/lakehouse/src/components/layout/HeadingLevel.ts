import { createContext } from 'react';

/** How deep titles of sections stand: below the title of the page, or below that of a drawer. */
export const HeadingLevel = createContext<'h2' | 'h3'>('h2');
