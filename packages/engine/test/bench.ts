import type {
  InstanceView,
  Job,
  JobResult,
  JsonObject,
  Outcome,
  PublishCommand,
  StartCommand,
} from '@bpmn-connectors/sdk';
import { type ManualClock, manualClock } from '@bpmn-connectors/testing';
import { createEngine, type Engine, type EngineLimits } from '../src/index.ts';
import { type Disk, type MemoryJournal, memoryJournal } from './memory-journal.ts';

/** An engine to be tested, with short ways to do what tests do often. */
export interface Bench {
  readonly engine: Engine;
  readonly journal: MemoryJournal;
  readonly clock: ManualClock;
  readonly deploy: (...contents: readonly string[]) => Promise<void>;
  readonly start: (variables?: JsonObject, command?: Partial<StartCommand>) => Promise<Outcome>;
  readonly publish: (
    messageName: string,
    correlationKey: string,
    command?: Partial<PublishCommand>,
  ) => Promise<Outcome>;
  /** Works all jobs of a type, in the order in which they come. */
  readonly work: (type: string, handler: (job: Job) => JobResult | Promise<JobResult>) => Job[];
  readonly instances: () => Promise<readonly InstanceView[]>;
  /** The only instance. */
  readonly only: () => Promise<InstanceView>;
  /** Codes of all incidents. */
  readonly incidents: () => Promise<readonly string[]>;
  /** Waits until the engine has nothing to do. */
  readonly settled: () => Promise<void>;
  /** A new engine on what this one made durable, as after a kill. */
  readonly restart: () => Bench;
}

export function bench(
  limits: Partial<EngineLimits> = {},
  clock: ManualClock = manualClock(),
  disk?: Disk,
): Bench {
  const journal = memoryJournal(disk);
  const engine = createEngine({ journal, clock, limits });
  const instances = async (): Promise<readonly InstanceView[]> =>
    (await engine.instances({ limit: 500 })).items;
  return {
    engine,
    journal,
    clock,
    deploy: async (...contents) => {
      await engine.deploy(contents.map((content, at) => ({ name: `${at}.bpmn`, content })));
    },
    start: (variables = {}, command = {}) =>
      engine.send({ kind: 'start', processId: 'p', elementId: 's', variables, ...command }),
    publish: (messageName, correlationKey, command = {}) =>
      engine.send({ kind: 'publish', messageName, correlationKey, variables: {}, ...command }),
    work: (type, handler) => {
      const jobs: Job[] = [];
      engine.work({ type, maxActive: 32, timeoutMs: 60_000 }, async (job) => {
        jobs.push(job);
        return handler(job);
      });
      return jobs;
    },
    instances,
    only: async () => {
      const [first, ...others] = await instances();
      if (first === undefined || others.length > 0) throw new Error('not exactly one instance');
      return first;
    },
    incidents: async () => (await engine.incidents({})).items.map(({ code }) => code),
    settled: async () => {
      // A turn commits, the next hands out jobs, whose results change things in a third.
      for (let turn = 0; turn < 20; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
    },
    restart: () => {
      journal.kill();
      void engine.close();
      return bench(limits, clock, journal.disk);
    },
  };
}
