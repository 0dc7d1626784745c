/** Gives the text for one match, from what `String.replace` tells; null where a group does not exist. */
export type Expand = (found: readonly unknown[]) => string | null;

/** Groups of a match: the texts and absent ones before its position. */
const groupCount = (found: readonly unknown[]): number =>
  found.findIndex((value) => typeof value === 'number');

function groupAt(found: readonly unknown[], digits: string): string | null {
  const count = groupCount(found);
  let used = 1;
  // as Java: further digits belong to the number as long as there is such a group
  while (used < digits.length && Number(digits.slice(0, used + 1)) < count) used += 1;
  const index = Number(digits.slice(0, used));
  if (index >= count) return null;
  const group = found[index];
  return `${typeof group === 'string' ? group : ''}${digits.slice(used)}`;
}

/** Reads a replacement as Java does: `$1` is a group, `\` takes the next character as it is; null where malformed. */
export function expandReplacement(replacement: string): Expand | null {
  const parts: Expand[] = [];
  const pattern = /\$(\d+)|\\(.)|([^$\\]+)/gsy;
  let at = 0;
  for (const [all, digits, escaped, plain] of replacement.matchAll(pattern)) {
    at += all.length;
    if (digits === undefined) parts.push(() => escaped ?? plain ?? '');
    else parts.push((found) => groupAt(found, digits));
  }
  if (at < replacement.length) return null;
  return (found) => {
    let text = '';
    for (const part of parts) {
      const piece = part(found);
      if (piece === null) return null;
      text += piece;
    }
    return text;
  };
}
