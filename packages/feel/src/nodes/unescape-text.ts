const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
};

/** Reads a literal with its quotes. Other escapes (`\d`, `\u00e4`) stay as they are, as in FEEL-scala. */
export const unescapeText = (literal: string): string =>
  literal.slice(1, -1).replace(/\\(.)/gs, (all, character: string) => escapes[character] ?? all);
