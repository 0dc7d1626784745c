/** Values of one character would mask every text to bits, and guard nothing. */
const shortestMasked = 2;

/** A value as errors quote it: alone, in JSON, in a URL or form, in Base64. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    // By way of the bytes: half a surrogate pair cannot be written into a URL.
    encodeURIComponent(bytes.toString()),
    new URLSearchParams([['', value]]).toString().slice(1),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ];
}

/**
 * Makes a function that puts `***` in the place of secret values, wherever they stand in a text; also as
 * JSON, URLs and Base64 write them. Longer values first, so that one inside another leaves no rest.
 */
export function createMask(values: Iterable<string>): (text: string) => string {
  const forms = new Set<string>();
  for (const value of values) {
    if (value.length < shortestMasked) continue;
    for (const form of formsOf(value)) forms.add(form);
  }
  if (forms.size === 0) return (text) => text;
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((masked, form) => masked.replaceAll(form, '***'), text);
}
