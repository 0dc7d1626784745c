/**
 * Lets the first `most` values of a label through and calls all further ones `other`: models and
 * connectors choose values freely, and each would be a time series for ever.
 */
export function createLabelLimit(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return 'other';
    known.add(value);
    return value;
  };
}
