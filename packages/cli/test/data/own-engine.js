// A process runtime of a user: keeps what it is asked to start, in memory.
export function createProcessRuntime() {
  const started = [];
  let elements = [];
  return {
    name: 'own',
    health: async () => ({ status: 'up' }),
    close: async () => {},
    send: async (command) => {
      started.push(command);
      return { status: 'started', processInstanceKey: String(started.length) };
    },
    deploy: async (resources) => {
      elements = [
        {
          processId: 'own',
          elementId: 'start',
          elementType: 'startEvent',
          properties: {
            'inbound.type': 'io.camunda:webhook:1',
            'inbound.context': 'own',
            'inbound.method': 'post',
          },
        },
      ];
      return resources.map(({ name }) => ({
        processId: 'own',
        version: 1,
        processDefinitionKey: '1',
        resourceName: name,
      }));
    },
    watchInbound: async (onSnapshot, signal) => {
      await onSnapshot({ revision: 1, elements });
      if (!signal.aborted)
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  };
}
