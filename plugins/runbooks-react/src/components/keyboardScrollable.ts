/**
 * For boxes that scroll: without a place in the tab order their hidden part
 * can't be reached by keyboard in every browser (WCAG 2.1.1).
 */
export const keyboardScrollable = { tabIndex: 0 } as const;
