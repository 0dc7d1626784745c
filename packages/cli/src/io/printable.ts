/** What moves a terminal's cursor, changes the order of its text, or ends nowhere. */
const unprintable = /[\p{Cc}\p{Cs}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Text of a stranger that may go to a terminal: control characters but the line feed are written as JSON
 * escapes, so that JSON stays the same JSON.
 */
export const printable = (text: string): string =>
  text.replaceAll(unprintable, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
