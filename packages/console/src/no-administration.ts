import type { HttpAnswer, ProcessRuntime } from '@bpmn-connectors/sdk';
import { problem } from './problem.ts';

/** The process runtime keeps instances but does not show them here. */
export const noAdministration = (processRuntime: ProcessRuntime): HttpAnswer =>
  problem('NOT_SUPPORTED', {
    detail: `the process runtime ${processRuntime.name} has no administration here; use its own tools`,
  });
