import type { ActivatedJob, DeployedProcess, InstanceResult, Topology } from './messages.ts';

/** A decoded protocol buffer: keys of 64 bits are text, absent fields have their defaults. */
export type Message = Readonly<Record<string, unknown>>;

export const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null;

function text(message: Message, field: string): string {
  const value = message[field];
  return typeof value === 'string' ? value : '';
}

const number = (message: Message, field: string): number => Number(message[field] ?? 0);

function bytes(message: Message, field: string): Uint8Array {
  const value = message[field];
  return value instanceof Uint8Array ? value : new Uint8Array();
}

function list(message: Message, field: string): readonly Message[] {
  const value = message[field];
  return Array.isArray(value) ? value.filter(isMessage) : [];
}

/** The key of a process instance that was created. */
export const readInstanceKey = (message: Message): string => text(message, 'processInstanceKey');

/** The key of a message that was published. */
export const readMessageKey = (message: Message): string => text(message, 'key');

export const readInstanceResult = (message: Message): InstanceResult => ({
  processInstanceKey: text(message, 'processInstanceKey'),
  variables: bytes(message, 'variables'),
});

/** What the gateway knows of the cluster. */
export const readTopology = (message: Message): Topology => ({
  gatewayVersion: text(message, 'gatewayVersion'),
  partitions: list(message, 'brokers').flatMap((broker) =>
    list(broker, 'partitions').map((partition) => ({
      partitionId: number(partition, 'partitionId'),
      role: text(partition, 'role'),
      health: text(partition, 'health'),
    })),
  ),
});

/** Processes of a deployment. */
export const readDeployment = (message: Message): readonly DeployedProcess[] =>
  list(message, 'deployments').flatMap(({ process }) =>
    isMessage(process)
      ? [
          {
            processId: text(process, 'bpmnProcessId'),
            version: number(process, 'version'),
            processDefinitionKey: text(process, 'processDefinitionKey'),
            resourceName: text(process, 'resourceName'),
          },
        ]
      : [],
  );

export const readJob = (message: Message): ActivatedJob => ({
  key: text(message, 'key'),
  type: text(message, 'type'),
  processInstanceKey: text(message, 'processInstanceKey'),
  processId: text(message, 'bpmnProcessId'),
  processDefinitionKey: text(message, 'processDefinitionKey'),
  elementId: text(message, 'elementId'),
  elementInstanceKey: text(message, 'elementInstanceKey'),
  customHeaders: bytes(message, 'customHeaders'),
  retries: number(message, 'retries'),
  deadline: number(message, 'deadline'),
  variables: bytes(message, 'variables'),
  tenantId: text(message, 'tenantId'),
});

/** Jobs of one answer to a request for jobs. */
export const readJobs = (message: Message): readonly ActivatedJob[] =>
  list(message, 'jobs').map(readJob);
