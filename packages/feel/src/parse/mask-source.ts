import type { KnownNames } from './known-names.ts';

/** Words that end a path in FEEL-scala too; every other keyword may be a name after a dot. */
const reservedAfterDot = new Set([
  ...['and', 'or', 'in', 'then', 'else', 'return', 'function', 'null', 'true', 'false'],
  'satisfies',
]);

const word = /[\p{L}_$][\p{L}\p{N}\p{M}_$]*/uy;
const digits = /\d[\p{L}\p{N}_]*/uy;
const wordCharacter = /[\p{L}\p{N}\p{M}_$]/u;

const matchAt = (pattern: RegExp, text: string, at: number): string => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
};

const placeholder = (length: number): string => 'x'.repeat(length);

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

function maskString(text: string, at: number): string {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end < text.length ? `"${placeholder(end - at - 1)}"` : '"';
}

function maskBackticks(text: string, at: number): string {
  const end = text.indexOf('`', at + 1);
  const joined = wordCharacter.test(text[at - 1] ?? '') || wordCharacter.test(text[end + 1] ?? '');
  return end < at + 2 || joined ? '`' : placeholder(end + 1 - at);
}

function maskComment(text: string, at: number): string {
  const line = text[at + 1] === '/';
  const close = text.indexOf(line ? '\n' : '*/', at + 2);
  if (close < 0) return line ? blank(text.slice(at)) : '/';
  return blank(text.slice(at, line ? close : close + 2));
}

function maskWord(text: string, at: number, afterDot: boolean, names: KnownNames): string {
  const found = matchAt(word, text, at);
  if (afterDot) return reservedAfterDot.has(found) ? found : placeholder(found.length);
  return placeholder(names.lengthAt(text, at)) || found;
}

function maskAt(text: string, at: number, afterDot: boolean, names: KnownNames): string {
  const character = text[at] ?? '';
  if (character === '"') return maskString(text, at);
  if (character === '`') return maskBackticks(text, at);
  if (character === '/' && /[/*]/.test(text[at + 1] ?? '')) return maskComment(text, at);
  return maskWord(text, at, afterDot, names) || matchAt(digits, text, at) || character;
}

/**
 * Gives a text of the same length in which names and strings are plain words, and comments are blanks, so
 * that the grammar decides on structure alone: no name, key or text can change how the rest is read.
 * Offsets stay what they are, and names and strings are read from the text itself.
 */
export function maskSource(text: string, names: KnownNames): string {
  let masked = '';
  let dots = 0;
  while (masked.length < text.length) {
    const piece = maskAt(text, masked.length, dots === 1, names);
    if (piece === '.') dots += 1;
    else if (piece.trim() !== '') dots = 0;
    masked += piece;
  }
  return masked;
}
