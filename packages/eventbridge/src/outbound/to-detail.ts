import { maxTotalBytes } from './entry-bytes.ts';
import { ownError } from './own-error.ts';

/** Objects and lists in each other, at most: what AWS's parser takes. */
const maxDepth = 1000;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeperThan(inner, depth - 1));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Puts a member at the beginning of an object's text, which leaves the digits of all numbers as they are.
 * @param text begins and ends with a brace.
 */
function withMember(text: string, name: string, value: string): string {
  const rest = text.slice(1).trimStart();
  const comma = rest.startsWith('}') ? '' : ',';
  return `{${JSON.stringify(name)}:${JSON.stringify(value)}${comma}${rest}`;
}

/** A member that a detail is to have beside its own. */
export interface DetailMember {
  readonly name: string;
  readonly value: string;
}

/**
 * The text of a detail. Text that is a JSON object goes as it is, so that no digit of its numbers is lost.
 * @param where the field's name, for the error.
 * @param member put in where the detail has none of that name.
 * @throws {ConnectorError} `DETAIL_NOT_AN_OBJECT` | `DETAIL_TOO_DEEP` | `EVENT_TOO_LARGE`
 */
export function toDetail(detail: unknown, where: string, member?: DetailMember): string {
  const given = typeof detail === 'string';
  if (given && Buffer.byteLength(detail) >= maxTotalBytes) {
    throw ownError('EVENT_TOO_LARGE', { where });
  }
  const value = given ? parsed(detail) : detail;
  if (!isObject(value)) throw ownError('DETAIL_NOT_AN_OBJECT', { where });
  // Before it is written: JSON.stringify would run out of stack.
  if (isDeeperThan(value, maxDepth)) throw ownError('DETAIL_TOO_DEEP', { where });
  const text = given ? detail.trim() : JSON.stringify(value);
  if (member === undefined || Object.hasOwn(value, member.name)) return text;
  return withMember(text, member.name, member.value);
}
