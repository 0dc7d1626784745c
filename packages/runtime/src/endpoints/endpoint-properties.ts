/**
 * The properties that make an endpoint what it is, in the order of their names.
 * @param names names, or prefixes ending in a dot.
 */
export function endpointProperties(
  properties: Readonly<Record<string, string>>,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const prefixes = names.filter((name) => name.endsWith('.'));
  const isOfEndpoint = (name: string): boolean =>
    names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix));
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => isOfEndpoint(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
