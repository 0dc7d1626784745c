import { ConfigurationError } from '@bpmn-connectors/sdk';

/**
 * Finds connectors by their type.
 * @throws {ConfigurationError} two of them have the same.
 */
export function connectorsByType<
  Connector extends { readonly definition: { readonly kind: string; readonly type: string } },
>(connectors: readonly Connector[]): ReadonlyMap<string, Connector> {
  const map = new Map<string, Connector>();
  for (const connector of connectors) {
    const { kind, type } = connector.definition;
    if (map.has(type)) {
      throw new ConfigurationError([
        {
          where: 'connectors',
          reason: `two ${kind} connectors have the type ${type}`,
          fix: 'Leave one of them out, or give it a type of its own',
        },
      ]);
    }
    map.set(type, connector);
  }
  return map;
}
