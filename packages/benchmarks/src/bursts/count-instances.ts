import type { Engine } from '@bpmn-connectors/engine';

/** How many instances each customer has; in this load each event is a customer. */
export async function countInstances(engine: Engine): Promise<ReadonlyMap<unknown, number>> {
  const counts = new Map<unknown, number>();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = cursor === '' ? { limit: 500 } : { limit: 500, cursor };
    const page = await engine.instances(query);
    for (const { variables } of page.items) {
      const customer = variables['customerId'];
      counts.set(customer, (counts.get(customer) ?? 0) + 1);
    }
    cursor = page.cursor;
  }
  return counts;
}
