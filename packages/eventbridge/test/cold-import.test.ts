import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

const room = fileURLToPath(new URL('..', import.meta.url));

/** Notes every module that is loaded, by its URL. */
const hooks = `
  import { writeSync } from 'node:fs';
  export async function load(url, context, next) {
    writeSync(1, url + '\\n');
    return next(url, context);
  }`;

const register = `
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}));`;

/** URLs of all modules that a fresh process loads for a script; needs the built packages. */
async function loadedBy(script: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(register)}`,
      '--input-type=module',
      '--eval',
      script,
    ],
    { cwd: room, maxBuffer: 16 * 1024 * 1024 },
  );
  return stdout.split('\n').filter((line) => line.startsWith('file:'));
}

const heavy = /node_modules\/(@aws-sdk|@smithy|express|jose|libsql|@libsql|bpmn-moddle)\//;

describe('A fresh process that imports eventbridge/outbound', () => {
  test('has loaded this package, and neither the AWS SDK nor a server, a database or a parser', async () => {
    const urls = await loadedBy(`
      const { eventBridge } = await import('@bpmn-connectors/eventbridge/outbound');
      await eventBridge().close();`);
    expect(urls.some((url) => url.endsWith('/eventbridge/dist/outbound/event-bridge.js'))).toBe(
      true,
    );
    expect(urls.filter((url) => heavy.test(url))).toEqual([]);
  });

  test('loads the AWS SDK with the first job', async () => {
    const urls = await loadedBy(`
      const { eventBridge } = await import('@bpmn-connectors/eventbridge/outbound');
      const { bind } = await import('@bpmn-connectors/sdk');
      const connector = eventBridge({ endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
      await connector.execute(
        bind(connector.definition.input, {
          authentication: { accessKey: 'a', secretKey: 'b' },
          configuration: { region: 'us-east-1' },
          input: { source: 's', detailType: 't', eventBusName: 'default', detail: {} },
        }),
        { signal: new AbortController().signal, job: { customHeaders: {} } },
      ).catch((error) => { if (error.retryable !== true) throw error; });
      await connector.close();`);
    expect(urls.filter((url) => heavy.test(url)).length).toBeGreaterThan(0);
  });
});
