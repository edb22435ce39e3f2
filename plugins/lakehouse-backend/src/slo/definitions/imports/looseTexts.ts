import { z } from 'zod';

/** Text that may be written as a number or as true or false: tools of Kubernetes take these for text where text is asked. */
export const looseText = z
  .union([z.string(), z.number(), z.boolean()], {
    error: "This is not text, so it can't be read. Write text here.",
  })
  .transform(String);

/** Labels and annotations. */
export const looseTexts = z.record(z.string(), looseText);
