/** Something is wrong with what was looked at. */
export const EXIT_FOUND = 1;
/** It could not be looked at. */
export const EXIT_NOT_CHECKED = 2;
