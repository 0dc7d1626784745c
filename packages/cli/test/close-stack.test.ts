import { type Logger, silentLogger } from '@bpmn-connectors/sdk';
import { expect, test } from '@jest/globals';
import { createCloseStack } from '../src/serve/close-stack.ts';

const hang = (): Promise<void> => new Promise(() => {});

test('parts are closed the last first, and a failing one does not keep the rest open', async () => {
  const stack = createCloseStack(silentLogger, { eachMs: 10_000, allMs: 10_000 });
  const closed: string[] = [];
  for (const name of ['journal', 'engine', 'port']) {
    stack.push(name, async () => {
      closed.push(name);
      if (name === 'engine') throw new Error('stuck');
    });
  }
  await Promise.all([stack.close(), stack.close()]);
  expect(closed).toEqual(['port', 'engine', 'journal']);
});

test.each([
  ['each', { eachMs: 20, allMs: 10_000 }],
  ['all', { eachMs: 10_000, allMs: 20 }],
])(
  'parts that hang are left behind by the deadline of %s, and the rest is closed',
  async (_, deadlines) => {
    const left: unknown[] = [];
    const logger: Logger = { ...silentLogger, warn: (fields) => void left.push(fields) };
    const stack = createCloseStack(logger, deadlines);
    let journalClosed = false;
    stack.push('journal', async () => {
      journalClosed = true;
    });
    stack.push('engine', hang);
    stack.push('port', hang);
    await stack.close();
    expect(journalClosed).toBe(true);
    expect(left).toMatchObject([{ part: 'port' }, { part: 'engine' }]);
  },
);
