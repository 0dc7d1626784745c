import { randomUUID } from 'node:crypto';
import type { ProcessRuntime, WorkerOptions } from '@bpmn-connectors/sdk';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import type { ContractProcess } from './contract-process.ts';
import type { ContractSubject } from './contract-subject.ts';
import { writeBpmn } from './write-bpmn.ts';

/** Methods that make up the roles of a process runtime. */
export type Role = Exclude<keyof ProcessRuntime, 'name' | 'health' | 'close' | 'deduplicates'>;

/** A process runtime that has these roles. */
export type WithRoles<R extends Role> = ProcessRuntime & Required<Pick<ProcessRuntime, R>>;

/** What a case works with beside the process runtime. */
export interface CaseTools {
  /** A name that no other case has, so that a process runtime may keep its state between cases. */
  readonly unique: (prefix: string) => string;
  /** Makes a process known. */
  readonly define: (process: ContractProcess) => Promise<void>;
  /** Works jobs until the case is over. */
  readonly collect: (options: Pick<WorkerOptions, 'type'> & Partial<WorkerOptions>) => JobCollector;
}

/** A case, and which process runtimes it is for. */
export interface CaseDefinition {
  readonly name: string;
  readonly appliesTo: (subject: ContractSubject) => boolean;
  readonly run: (subject: ContractSubject) => Promise<void>;
}

function hasRoles<R extends Role>(
  processRuntime: ProcessRuntime,
  roles: readonly R[],
): processRuntime is WithRoles<R> {
  return roles.every((role) => processRuntime[role] !== undefined);
}

function createTools(subject: ContractSubject, collectors: JobCollector[]): CaseTools {
  const { processRuntime, register } = subject;
  return {
    unique: (prefix) => `${prefix}-${randomUUID()}`,
    define: async (process) => {
      if (processRuntime.deploy === undefined) return register?.(process);
      await processRuntime.deploy([{ name: `${process.id}.bpmn`, content: writeBpmn(process) }]);
    },
    collect: (options) => {
      if (!hasRoles(processRuntime, ['work'])) throw new TypeError('The case did not ask for work');
      const collector = collectJobs({ work: processRuntime.work.bind(processRuntime) }, options);
      collectors.push(collector);
      return collector;
    },
  };
}

/** Writes down a case for process runtimes with the roles it needs. */
export function defineCase<R extends Role>(
  name: string,
  needs: {
    readonly roles: readonly R[];
    /** Whether it needs a process. @default true */
    readonly process?: boolean;
    /** Whether it correlates messages. @default false */
    readonly correlate?: boolean;
    readonly when?: (processRuntime: ProcessRuntime) => boolean;
  },
  run: (processRuntime: WithRoles<R>, tools: CaseTools) => Promise<void>,
): CaseDefinition {
  const { roles, process = true, correlate = false, when = () => true } = needs;
  return {
    name,
    appliesTo: ({ processRuntime, register, correlates = true }) =>
      hasRoles(processRuntime, roles) &&
      (!correlate || correlates) &&
      (!process || processRuntime.deploy !== undefined || register !== undefined) &&
      when(processRuntime),
    run: async (subject) => {
      const { processRuntime } = subject;
      if (!hasRoles(processRuntime, roles)) throw new TypeError(`No roles ${roles.join(', ')}`);
      const collectors: JobCollector[] = [];
      try {
        await run(processRuntime, createTools(subject, collectors));
      } finally {
        for (const collector of collectors) collector.release();
        await processRuntime.close();
      }
    },
  };
}
