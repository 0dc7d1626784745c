import { processRuntimeContract } from '@bpmn-connectors/testing';
import { describe, test } from '@jest/globals';
import { createEngine } from '../src/index.ts';
import { memoryJournal } from './memory-journal.ts';

const cases = await processRuntimeContract(async () => ({
  processRuntime: createEngine({ journal: memoryJournal() }),
}));

describe('the contract of process runtimes', () => {
  for (const { name, run } of cases) test(name, run);
});
