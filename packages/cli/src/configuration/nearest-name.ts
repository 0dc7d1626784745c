/** Insertions, deletions and replacements that make one text of the other. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, letter] of left.split('').entries()) {
    const next = [index + 1];
    for (const [column, other] of right.split('').entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

/** The name that was probably meant, or undefined if none is near. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({
      name,
      steps: distance(given.slice(0, 100).toLowerCase(), name.toLowerCase()),
    }))
    .sort((left, right) => left.steps - right.steps);
  return best !== undefined && best.steps <= Math.max(2, given.length / 3) ? best.name : undefined;
}
