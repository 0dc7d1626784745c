import type { DeployedInboundElement, Logger } from '@bpmn-connectors/sdk';
import { createInbound, type Inbound, type InboundOptions } from '../../src/index.ts';
import { type LineConnector, line } from './line-connector.ts';
import { createMemoryProcessRuntime, type MemoryProcessRuntime } from './memory-process-runtime.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

/** The inbound half with everything around it. */
export interface InboundSetup {
  readonly inbound: Inbound;
  readonly lines: LineConnector;
  readonly engine: MemoryProcessRuntime;
  readonly clock: TestClock;
  /** Messages logged as warning or error. */
  readonly logged: readonly string[];
}

/** Sets it up with these elements deployed. */
export async function setUpInbound(
  elements: readonly DeployedInboundElement[],
  options: Partial<InboundOptions> & { readonly engine?: MemoryProcessRuntime } = {},
): Promise<InboundSetup> {
  const lines = line();
  const { engine = createMemoryProcessRuntime(), ...rest } = options;
  const clock = createTestClock();
  const logged: string[] = [];
  const keep = (_: object, message: string): void => void logged.push(message);
  const ignore = (): void => {};
  const logger: Logger = { debug: ignore, info: ignore, warn: keep, error: keep };
  const inbound = createInbound({
    connectors: [lines],
    send: (command) => engine.send(command),
    ...(engine.deduplicates === undefined ? {} : { deduplicates: engine.deduplicates }),
    clock,
    logger,
    ...rest,
  });
  await inbound.update(elements);
  return { inbound, lines, engine, clock, logged };
}
