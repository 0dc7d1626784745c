import { createHash } from 'node:crypto';

const longestKey = 256;

/**
 * Joins parts to a key so that no two lists of parts give the same one. A message id is a stranger's
 * text of any length: what would be long is hashed.
 */
export function claimKey(parts: readonly string[]): string {
  const key = JSON.stringify(parts);
  if (key.length <= longestKey) return key;
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}
