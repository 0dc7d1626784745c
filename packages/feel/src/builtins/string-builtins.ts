import {
  charge,
  chargeConversion,
  chargeSearch,
  chargeText,
  claimText,
  type Run,
} from '../run/run.ts';
import { isList, isNumber, isText } from '../values/kind.ts';
import { type Builtin, builtin, type Call, predicate } from './builtin.ts';

/** For functions whose arguments are all texts; null for anything else. */
const onTexts =
  (call: (texts: readonly [string, string], run: Run) => unknown): Call =>
  (args, run) => {
    const [first, second = ''] = args;
    if (!isText(first) || !isText(second)) return null;
    chargeSearch(run, first, second);
    return call([first, second], run);
  };

/** For functions that make a text of each character of another. */
const conversion = (convert: (text: string) => string): Call =>
  onTexts(([text], run) => {
    chargeConversion(run, text.length);
    claimText(run, text.length);
    return convert(text);
  });

function before(text: string, match: string): string {
  const at = text.indexOf(match);
  return at < 0 ? '' : text.slice(0, at);
}

function after(text: string, match: string): string {
  const at = text.indexOf(match);
  return at < 0 ? '' : text.slice(at + match.length);
}

/** Positions count UTF-16 units from 1, from the end where negative, as in FEEL-scala. */
function substring([text, position, length]: readonly unknown[], run: Run): unknown {
  if (!isText(text) || !isNumber(position)) return null;
  if (length !== undefined && !isNumber(length)) return null;
  chargeText(run, text.length);
  const whole = Math.trunc(position);
  if (whole === 0) return '';
  const start = whole > 0 ? whole - 1 : Math.max(0, text.length + whole);
  return length === undefined
    ? text.slice(start)
    : text.slice(start, start + Math.max(0, Math.trunc(length)));
}

function stringJoin(args: readonly unknown[], run: Run): unknown {
  const [list, delimiter = '', prefix = '', suffix = ''] = args.map((value) => value ?? '');
  if (!isList(list) || !isText(delimiter) || !isText(prefix) || !isText(suffix)) return null;
  charge(run, 1 + list.length);
  const items = list.filter((item) => (item ?? null) !== null);
  if (!items.every(isText)) return null;
  const length = items.reduce((sum, item) => sum + item.length + delimiter.length, 0);
  claimText(run, length + prefix.length + suffix.length);
  return `${prefix}${items.join(delimiter)}${suffix}`;
}

const twoTexts = ['string, match'];

/** Functions on texts, without those that take regular expressions. */
export const stringBuiltins: readonly Builtin[] = [
  builtin('substring', ['string, start position', 'string, start position, length'], substring),
  builtin('string length', ['string'], ([text]) => (isText(text) ? text.length : null)),
  builtin(
    'upper case',
    ['string'],
    conversion((text) => text.toUpperCase()),
  ),
  builtin(
    'lower case',
    ['string'],
    conversion((text) => text.toLowerCase()),
  ),
  builtin(
    'trim',
    ['string'],
    onTexts(([text]) => text.trim()),
  ),
  builtin(
    'substring before',
    twoTexts,
    onTexts(([text, match]) => before(text, match)),
  ),
  builtin(
    'substring after',
    twoTexts,
    onTexts(([text, match]) => after(text, match)),
  ),
  predicate(
    'contains',
    twoTexts,
    onTexts(([text, match]) => text.includes(match)),
  ),
  predicate(
    'starts with',
    twoTexts,
    onTexts(([text, match]) => text.startsWith(match)),
  ),
  predicate(
    'ends with',
    twoTexts,
    onTexts(([text, match]) => text.endsWith(match)),
  ),
  predicate(
    'is blank',
    ['string'],
    onTexts(([text]) => !/\S/.test(text)),
  ),
  builtin(
    'to base64',
    ['value'],
    conversion((text) => Buffer.from(text).toString('base64')),
  ),
  builtin(
    'string join',
    ['list', 'list, delimiter', 'list, delimiter, prefix, suffix'],
    stringJoin,
  ),
  builtin('uuid', [''], (_, run) => {
    charge(run, 5);
    return crypto.randomUUID();
  }),
];
