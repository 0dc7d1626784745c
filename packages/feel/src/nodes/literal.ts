import { temporalFromText } from '../values/parse-temporal.ts';
import { maskedTextOf, partOf, textOf } from './children.ts';
import type { CompileNode } from './compilation.ts';
import { unescapeText } from './unescape-text.ts';

/** `null` */
export const compileNull: CompileNode = () => () => null;

/** `true`, `false` */
export const compileBoolean: CompileNode = (node, _environment, compilation) => {
  const value = maskedTextOf(node, compilation) === 'true';
  return () => value;
};

/** `12`, `-1.5`, `.5`; no exponent, as in FEEL-scala. */
export const compileNumber: CompileNode = (node, _environment, compilation) => {
  const text = maskedTextOf(node, compilation).replace(/\s+/g, '');
  if (!/^-?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text)) {
    throw compilation.refuse(node, `"${text}" is no number; exponents are written as 10 ** 3`);
  }
  const value = Number(text);
  return () => value;
};

/** `"text"` */
export const compileText: CompileNode = (node, _environment, compilation) => {
  const value = unescapeText(textOf(node, compilation));
  return () => value;
};

/** `@"2024-05-04"` */
export const compileTemporal: CompileNode = (node, _environment, compilation) => {
  const literal = partOf(partOf(node, 0, compilation), 0, compilation);
  const value = temporalFromText(unescapeText(textOf(literal, compilation)));
  if (value === null) {
    throw compilation.refuse(
      literal,
      'The text after @ is no date, time, date and time or duration',
    );
  }
  return () => value;
};
