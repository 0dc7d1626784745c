import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createEngine, type Engine } from '@bpmn-connectors/engine';
import { openJournal } from '@bpmn-connectors/journal';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import type { InstanceView } from '@bpmn-connectors/sdk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fileDrop } from '../src/index.ts';

interface Running {
  readonly engine: Engine;
  readonly close: () => Promise<void>;
}

const model = new URL('../models/file-order.bpmn', import.meta.url);

describe('a model that files drive, on the embedded engine', () => {
  let root: string;
  let running: Running | undefined;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'file-order-'));
    for (const folder of ['orders', 'payments']) {
      await mkdir(join(root, 'files', folder), { recursive: true });
    }
  });

  afterEach(async () => {
    await stop();
    await rm(root, { recursive: true });
  });

  const start = async (): Promise<Engine> => {
    const journal = await openJournal(join(root, 'data'));
    const engine = createEngine({ journal });
    const connectorRuntime = createConnectorRuntime({
      processRuntime: engine,
      connectors: [fileDrop({ root: join(root, 'files'), everyMs: 10 })],
      journal,
    });
    await engine.deploy([{ name: 'file-order.bpmn', content: await readFile(model, 'utf8') }]);
    await connectorRuntime.start();
    const close = async (): Promise<void> => {
      await connectorRuntime.close();
      await engine.close();
      await journal.close();
    };
    running = { engine, close };
    return engine;
  };

  const stop = async (): Promise<void> => {
    const { close } = running ?? {};
    running = undefined;
    await close?.();
  };

  const put = async (folder: string, name: string, content: object): Promise<void> => {
    await writeFile(join(root, 'files', folder, `.${name}`), JSON.stringify(content));
    await rename(join(root, 'files', folder, `.${name}`), join(root, 'files', folder, name));
  };

  const done = (folder: string): string => join(root, 'files', folder, 'done');

  const fileIsDone = async (folder: string): Promise<string> => {
    for (;;) {
      const [name] = await readdir(done(folder)).catch(() => []);
      if (name !== undefined) return name;
      await pause(5);
    }
  };

  const instances = async (engine: Engine): Promise<readonly InstanceView[]> =>
    (await engine.instances({})).items;

  const instanceEnds = async (engine: Engine): Promise<InstanceView | undefined> => {
    for (;;) {
      const [instance] = await instances(engine);
      if (instance?.state === 'completed') return instance;
      await pause(5);
    }
  };

  test('a file starts the process, another one ends it after a restart', async () => {
    await put('orders', 'a.json', { id: 'A' });
    const before = await start();
    await fileIsDone('orders');
    expect(await instances(before)).toMatchObject([{ state: 'active', variables: { order: 'A' } }]);
    await stop();
    await put('payments', 'p.json', { order: 'A', amount: 12 });
    const after = await start();
    expect(await instanceEnds(after)).toMatchObject({ variables: { order: 'A', paid: 12 } });
    expect(await instances(after)).toHaveLength(1);
  });

  test('a file that was handed over but not moved when the program died starts nothing again', async () => {
    await put('orders', 'a.json', { id: 'A' });
    await start();
    const moved = await fileIsDone('orders');
    await stop();
    await rename(join(done('orders'), moved), join(root, 'files', 'orders', 'a.json'));
    const after = await start();
    await fileIsDone('orders');
    expect(await instances(after)).toHaveLength(1);
  });

  test('the same name with new content is a new event', async () => {
    const engine = await start();
    await put('orders', 'a.json', { id: 'A' });
    const first = await fileIsDone('orders');
    await rm(join(done('orders'), first));
    await put('orders', 'a.json', { id: 'B' });
    await fileIsDone('orders');
    const orders = (await instances(engine)).map(({ variables }) => variables['order']);
    expect(new Set(orders)).toEqual(new Set(['A', 'B']));
  });
});
