import type { JobStream, JobStreamEvents } from './job-stream.ts';
import type {
  ActivatedJob,
  ActivateJobsRequest,
  CompleteJobRequest,
  CreateProcessInstanceRequest,
  DeployedProcess,
  FailJobRequest,
  GatewayResource,
  InstanceResult,
  PublishMessageRequest,
  StreamJobsRequest,
  ThrowErrorRequest,
  Topology,
} from './messages.ts';

/** How long a call may take, and what ends it early. */
export interface CallOptions {
  /** Milliseconds. @default the gateway's request timeout */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The calls of Zeebe's gateway that a process runtime needs. All of them reject with a `GatewayError`.
 * Nothing is loaded and no connection is made before the first one.
 */
export interface Gateway {
  topology(options?: CallOptions): Promise<Topology>;
  deployResource(
    request: { readonly resources: readonly GatewayResource[]; readonly tenantId?: string },
    options?: CallOptions,
  ): Promise<readonly DeployedProcess[]>;
  /** Answers with the key of the instance. */
  createProcessInstance(
    request: CreateProcessInstanceRequest,
    options?: CallOptions,
  ): Promise<string>;
  /** Answers when the instance has ended, at most `waitMs` milliseconds from now. */
  createProcessInstanceWithResult(
    request: CreateProcessInstanceRequest,
    waitMs: number,
    options?: CallOptions,
  ): Promise<InstanceResult>;
  /** Answers with the key of the message. */
  publishMessage(request: PublishMessageRequest, options?: CallOptions): Promise<string>;
  activateJobs(
    request: ActivateJobsRequest,
    options?: CallOptions,
  ): Promise<readonly ActivatedJob[]>;
  streamJobs(request: StreamJobsRequest, events: JobStreamEvents): JobStream;
  completeJob(request: CompleteJobRequest, options?: CallOptions): Promise<void>;
  failJob(request: FailJobRequest, options?: CallOptions): Promise<void>;
  throwError(request: ThrowErrorRequest, options?: CallOptions): Promise<void>;
  updateJobTimeout(
    request: { readonly jobKey: string; readonly timeout: number },
    options?: CallOptions,
  ): Promise<void>;
  /** Ends the connection; calls under way are cancelled. */
  close(): void;
}
