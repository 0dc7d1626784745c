/** `{{secrets.NAME}}`, blanks allowed inside the braces. */
const inBraces = /\{\{\s*secrets\.([A-Za-z0-9][A-Za-z0-9/._-]*)\s*\}\}/g;
/** `secrets.NAME` as the whole value, as Camunda's older models have it. */
const wholeValue = /^\s*secrets\.([A-Za-z0-9][A-Za-z0-9/._-]*)\s*$/;

/** The names of the secrets that a text of a *model* refers to, each once. Never ask it about payloads. */
export function secretReferences(text: string): string[] {
  const whole = wholeValue.exec(text)?.[1];
  if (whole !== undefined) return [whole];
  const names = new Set<string>();
  for (const match of text.matchAll(inBraces)) if (match[1] !== undefined) names.add(match[1]);
  return [...names];
}

/**
 * Puts values in the place of references, in one pass: what a value holds is not looked at again. A name
 * that is not among `values` stays as it is written.
 */
export function replaceSecretReferences(text: string, values: ReadonlyMap<string, string>): string {
  const whole = wholeValue.exec(text)?.[1];
  if (whole !== undefined) return values.get(whole) ?? text;
  return text.replace(inBraces, (reference: string, name: string) => values.get(name) ?? reference);
}
