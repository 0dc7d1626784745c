import { createEngine } from '@bpmn-connectors/engine';
import { processRuntimeContract } from '@bpmn-connectors/testing';
import { describe, expect, test } from '@jest/globals';
import { createMemoryJournal } from './memory-journal.ts';

const cases = await processRuntimeContract(async () => ({
  processRuntime: createEngine({ journal: createMemoryJournal() }),
}));

describe('the embedded engine keeps the contract of process runtimes', () => {
  for (const { name, run } of cases) test(name, run);
});

test('it offers everything that the contract knows of', () => {
  expect(cases.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'starts one instance for two starts with the same idempotency key, sent together',
      'publish with the same name, key and message id a second time is a duplicate',
      'deploy refuses a broken model with its problems, and all that comes with it',
      'watchInbound tells the full set first, and again after every change',
      'a job without retries raises an incident, and runs again when that is resolved',
    ]),
  );
});
