import { readFile } from 'node:fs/promises';
import * as service from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

const page = await readFile(new URL('../AWS.md', import.meta.url), 'utf8');

const shell = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text]) => text).join('\n');

/** Options that each call of the command line knows. */
const general: ReadonlySet<string> = new Set(['Query', 'Output']);

const pascal = (text: string): string =>
  text.replaceAll(/(?:^|-)(\w)/g, (_whole, letter: string) => letter.toUpperCase());

const calls = [...shell.replaceAll('\\\n', ' ').matchAll(/aws events ([\w-]+)(.*)/g)].map(
  ([, operation = '', rest = '']) => ({
    operation,
    options: [...rest.replaceAll(/'[^']*'|"(?:\\.|[^"\\])*"/g, '…').matchAll(/ --([\w-]+)/g)]
      .map(([, option = '']) => pascal(option))
      .filter((option) => !general.has(option)),
  }),
);

/** Members of an operation's request, those that are required first, as the SDK's own model has them. */
const requestSchema = z
  .tuple([z.number(), z.string(), z.string(), z.unknown(), z.array(z.string()), z.unknown()])
  .rest(z.number());

function requestOf(operation: string) {
  const schema = requestSchema.parse(Reflect.get(service, `${pascal(operation)}Request$`));
  const [, , , , members, , ...counts] = schema;
  return { members, required: members.slice(0, counts.at(0) ?? 0) };
}

describe("the calls of AWS's command line in the page about AWS", () => {
  test('lead through partner source, bus, connection, API destination, rule and target', () => {
    expect(new Set(calls.map(({ operation }) => operation))).toEqual(
      new Set([
        'list-event-sources',
        'describe-event-source',
        'create-event-bus',
        'create-connection',
        'describe-connection',
        'create-api-destination',
        'describe-api-destination',
        'test-event-pattern',
        'put-rule',
        'put-targets',
        'put-events',
      ]),
    );
  });

  test.each(calls)('have what EventBridge asks for: $operation $options', (given) => {
    const { members, required } = requestOf(given.operation);
    expect(given.options.filter((option) => !members.includes(option))).toEqual([]);
    expect(required.filter((member) => !given.options.includes(member))).toEqual([]);
  });
});
