/** A partition, as brokers tell of it. */
export interface PartitionState {
  readonly partitionId: number;
  readonly role: string;
  readonly health: string;
}

/** A cluster, as its gateway tells of it. */
export interface Topology {
  /** `8.6.0`; empty where it is not told. */
  readonly gatewayVersion: string;
  /** Of all brokers. */
  readonly partitions: readonly PartitionState[];
}

/** A file to deploy. */
export interface GatewayResource {
  readonly name: string;
  readonly content: Uint8Array;
}

/** A version of a process that a deployment made or found. */
export interface DeployedProcess {
  readonly processId: string;
  readonly version: number;
  readonly processDefinitionKey: string;
  readonly resourceName: string;
}

/** Starts an instance. */
export interface CreateProcessInstanceRequest {
  readonly bpmnProcessId: string;
  /** -1: the latest. */
  readonly version: number;
  /** JSON object. */
  readonly variables: Uint8Array;
  readonly tenantId?: string;
}

/** An instance that has ended. */
export interface InstanceResult {
  readonly processInstanceKey: string;
  /** JSON object. */
  readonly variables: Uint8Array;
}

/** Publishes a message. */
export interface PublishMessageRequest {
  readonly name: string;
  readonly correlationKey: string;
  /** Milliseconds. */
  readonly timeToLive: number;
  readonly messageId?: string;
  /** JSON object. */
  readonly variables: Uint8Array;
  readonly tenantId?: string;
}

/** What jobs a worker takes. */
export interface StreamJobsRequest {
  readonly type: string;
  readonly worker: string;
  /** Milliseconds until a job that was not ended is handed out again. */
  readonly timeout: number;
  readonly fetchVariable: readonly string[];
  readonly tenantIds: readonly string[];
}

/** Asks for jobs. */
export interface ActivateJobsRequest extends StreamJobsRequest {
  readonly maxJobsToActivate: number;
  /** Milliseconds to wait for a job; below 0: not at all. */
  readonly requestTimeout: number;
}

/** A job in the hands of a worker. */
export interface ActivatedJob {
  readonly key: string;
  readonly type: string;
  readonly processInstanceKey: string;
  readonly processId: string;
  readonly processDefinitionKey: string;
  readonly elementId: string;
  readonly elementInstanceKey: string;
  /** JSON object of texts. */
  readonly customHeaders: Uint8Array;
  readonly retries: number;
  /** Epoch milliseconds by the broker's clock. */
  readonly deadline: number;
  /** JSON object. */
  readonly variables: Uint8Array;
  readonly tenantId: string;
}

/** Ends a job well. */
export interface CompleteJobRequest {
  readonly jobKey: string;
  readonly variables?: Uint8Array;
}

/** Ends an attempt. */
export interface FailJobRequest {
  readonly jobKey: string;
  readonly retries: number;
  readonly errorMessage: string;
  /** Milliseconds. */
  readonly retryBackOff?: number;
  readonly variables?: Uint8Array;
}

/** Ends a job with a BPMN error. */
export interface ThrowErrorRequest {
  readonly jobKey: string;
  readonly errorCode: string;
  readonly errorMessage?: string;
  readonly variables?: Uint8Array;
}
