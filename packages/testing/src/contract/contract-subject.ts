import type { ProcessRuntime } from '@bpmn-connectors/sdk';
import type { ContractProcess } from './contract-process.ts';

/** What is tested, made anew for each case. */
export interface ContractSubject {
  readonly processRuntime: ProcessRuntime;
  /**
   * Makes a process known to a process runtime that reads no BPMN. Where the process runtime has `deploy`
   * the suite deploys models of its own. With neither, cases that need a process are left out.
   */
  readonly register?: (process: ContractProcess) => Promise<void>;
  /** Whether `send` takes `correlate`; without it those cases are left out. @default true */
  readonly correlates?: boolean;
}

/** One thing that every process runtime must do. */
export interface ContractCase {
  /** A sentence. */
  readonly name: string;
  /** Rejects with an `AssertionError` when it is not so. */
  readonly run: () => Promise<void>;
}
