/** What Zeebe writes behind the offset of a FEEL date and time that has a zone: `…Z[Etc/UTC]`. */
const zoneName = /\[[\w/+-]+\]$/;

/** Epoch milliseconds of a date and time as in ISO 8601, also as Zeebe writes it; NaN where it is none. */
export const parseTime = (text: string): number => Date.parse(text.trim().replace(zoneName, ''));
