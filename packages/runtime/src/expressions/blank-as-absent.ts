/** Modelers write empty text for a field that was left empty. */
export const blankAsAbsent = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text;
