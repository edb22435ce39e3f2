import { z } from 'zod';
import { fields, optional, quote } from '../yaml/fields';

const NAME_MAX = 63;
export const DESCRIPTION_MAX = 1_050;

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_KEY = /^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
const ANNOTATION_PREFIX =
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;
const ANNOTATION_PREFIX_MAX = 253;

/** A name as RFC 1123 has labels, section 2.1: what OpenSLO asks all tools to take. */
export const objectName = z.string().refine(text => NAME.test(text), {
  error: issue =>
    `${quote(
      issue.input,
    )} is no name that can be referred to. Write at most ${NAME_MAX} lower-case letters, digits and '-', with a letter or digit at both ends.`,
});

/** Free text for people. */
export const description = z.string().max(DESCRIPTION_MAX, {
  error: issue =>
    `The description has ${
      String(issue.input).length
    } characters, more than the ${DESCRIPTION_MAX} that OpenSLO allows. Other tools would refuse the file. Shorten it.`,
});

/** Text that says something. */
export const filledText = z.string().refine(text => text.trim() !== '', {
  error: 'This is empty, so nothing could be made of it. Write a text here.',
});

const labelValue = z.union([z.string(), z.array(z.string())], {
  error:
    'The value of a label is neither a text nor a list of texts. Put numbers and true or false in quotes.',
});

const labels = z.record(
  z.string().refine(key => LABEL_KEY.test(key), {
    error: issue =>
      `${quote(
        issue.input,
      )} can't be the key of a label. Write at most ${NAME_MAX} letters, digits, '-', '_' and '.', with a letter or digit at both ends.`,
  }),
  labelValue,
);

const annotations = z.record(
  z.string().refine(isAnnotationKey, {
    error: issue =>
      `${quote(
        issue.input,
      )} can't be the key of an annotation. Write a name such as 'my-key', or one with a domain before it such as 'example.com/my-key'.`,
  }),
  z.string({
    error:
      'The value of an annotation is no text. Put numbers and true or false in quotes.',
  }),
);

export const metadata = fields({
  name: objectName,
  displayName: optional(
    z.string().max(NAME_MAX, {
      error: `The displayName has more than the ${NAME_MAX} characters that OpenSLO allows. Other tools would refuse the file. Shorten it.`,
    }),
  ),
  labels: optional(labels),
  annotations: optional(annotations),
});

export type Metadata = z.output<typeof metadata>;

function isAnnotationKey(key: string): boolean {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const prefixFits =
    prefix === undefined ||
    (prefix.length <= ANNOTATION_PREFIX_MAX && ANNOTATION_PREFIX.test(prefix));
  return prefixFits && LABEL_KEY.test(key.slice(slash + 1));
}
