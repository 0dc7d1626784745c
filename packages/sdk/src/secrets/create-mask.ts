/** Values of one character would mask every text to bits, and guard nothing. */
const shortestMasked = 2;

/**
 * Makes a function that puts `***` in the place of secret values, wherever they stand in a text; also as
 * JSON writes them. Longer values first, so that one inside another leaves no rest.
 */
export function createMask(values: Iterable<string>): (text: string) => string {
  const forms = new Set<string>();
  for (const value of values) {
    if (value.length < shortestMasked) continue;
    forms.add(value);
    forms.add(JSON.stringify(value).slice(1, -1));
  }
  if (forms.size === 0) return (text) => text;
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((masked, form) => masked.replaceAll(form, '***'), text);
}
