/** What the fields of a start are described as. */
export const START_FIELDS = {
  id: 'previewId of the preview that was shown to the person',
  hash: 'previewHash of that preview',
  key: 'A new random text of 8 characters or more; sent again, it gives the same run',
} as const;
