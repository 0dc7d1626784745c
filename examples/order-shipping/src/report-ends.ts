import type { Engine } from '@bpmn-connectors/engine';

const intervalMs = 200;

/** Says when an instance has ended, until the returned function is called. Those that had ended before are old news. */
export async function reportEnds(engine: Engine, say: (line: string) => void): Promise<() => void> {
  const ended = async () =>
    (await engine.instances({ processId: 'order-shipping', state: 'completed' })).items;
  const told = new Set((await ended()).map(({ key }) => key));
  const tell = async (): Promise<void> => {
    for (const { key, variables } of await ended()) {
      if (told.has(key)) continue;
      told.add(key);
      say(`■ instance ${key} completed: ${JSON.stringify(variables)}`);
    }
  };
  const timer = setInterval(() => void tell().catch(() => clearInterval(timer)), intervalMs);
  return () => clearInterval(timer);
}
