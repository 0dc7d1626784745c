const second = 1000;
const pattern =
  /^P(?:(\d+)W|(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d{1,9})?)S)?)?)$/;

/**
 * Reads an ISO 8601 duration of fixed length: `PT30S`, `PT1.5S`, `P1DT2H`, `P2W`.
 * @returns milliseconds; undefined where the text is no such duration. Years and months have no fixed
 *   length and are not taken.
 */
export function parseDuration(text: string): number | undefined {
  const match = pattern.exec(text.trim());
  if (match === null || text.trim() === 'P') return undefined;
  const [weeks, days, hours, minutes, seconds] = match
    .slice(1)
    .map((part: string | undefined) => Number((part ?? '0').replace(',', '.')));
  return Math.round(
    ((((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 * second +
      (seconds ?? 0) * second,
  );
}
