/** `detailType` → `Detail type`: what a field or group without a label is called. */
export function wordsOf(path: string): string {
  const name = path.split('.').at(-1) ?? path;
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
