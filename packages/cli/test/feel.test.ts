import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const bin = fileURLToPath(new URL('../bin/bpmn-connectors.js', import.meta.url));

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bpmn-connectors-feel-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const feel = (argv: readonly string[], input: string | Uint8Array = '') => {
  const options = { cwd: folder, input, env: { PATH: process.env['PATH'] } };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'feel', ...argv], options);
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
};

const batch = (lines: readonly (string | object)[]): unknown[] => {
  const input = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  const { status, stdout, stderr } = feel(['--batch'], input.join('\n'));
  expect([status, stderr]).toEqual([0, '']);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
};

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

describe('one expression', () => {
  test('is evaluated with the keys of the file as variables and printed as JSON', () => {
    const context = file('order.json', '{"request":{"body":{"detail-type":"MyEvent","n":2}}}');
    const argv = ['=get value(request.body, "detail-type") = "MyEvent"', '--context', context];
    expect(feel(argv)).toEqual({ status: 0, stdout: 'true\n', stderr: '' });
    const { stdout } = feel(['{n: request.body.n + 1, d: @"P1D"}', `--context=${context}`]);
    expect(JSON.parse(stdout)).toEqual({ n: 3, d: 'PT24H' });
  });

  test('needs no context, knows connector functions, and may begin with - after --', () => {
    expect(JSON.parse(feel(['bpmnError("E", "m")']).stdout)).toEqual({
      errorType: 'bpmnError',
      errorCode: 'E',
      errorMessage: 'm',
    });
    expect(feel(['--', '-1 + 3']).stdout).toBe('2\n');
  });

  test('sees every digit of whole numbers that doubles would change', () => {
    const context = file('big.json', '{"id": 12345678901234567890, "m": 9007199254740991}');
    expect(JSON.parse(feel(['[id, m]', '--context', context]).stdout)).toEqual([
      '12345678901234567890',
      9007199254740991,
    ]);
  });

  test('is explained part by part with --explain', () => {
    const context = file('explain.json', '{"a": 150, "status": "sent"}');
    const argv = ['a > 100 and status = "received"', '--context', context, '--explain'];
    expect(feel(argv)).toEqual({
      status: 0,
      stdout: [
        'a > 100 and status = "received"  →  false',
        '  a > 100  →  true',
        '    a  →  150',
        '  status = "received"  →  false',
        '    status  →  "sent"',
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  test('that cannot be parsed is complained about with line and column, exit code 1', () => {
    const { status, stdout, stderr } = feel(['1 +\n 2 )']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^FEEL_SYNTAX: .*line 2, column 4/);
  });

  test('that fails is complained about by code, explained or not, exit code 1', () => {
    const expected = { status: 1, stderr: expect.stringMatching(/^FEEL_ARGUMENTS: /) };
    expect(feel(['bpmnError(1)'])).toMatchObject({ ...expected, stdout: '' });
    expect(feel(['bpmnError(1)', '--explain'])).toMatchObject({
      ...expected,
      stdout: 'bpmnError(1)  →  FEEL_ARGUMENTS\n',
    });
  });

  test.each([
    ['is missing', 'absent.json', undefined, /absent\.json: ENOENT/],
    ['is no JSON', 'text.json', '{', /text\.json: The text is not JSON/],
    ['is no object', 'list.json', '[1]', /list\.json: The JSON is no object/],
  ])('whose context file %s is refused, exit code 1', (_, name, content, message) => {
    if (content !== undefined) file(name, content);
    const { status, stdout, stderr } = feel(['1', '--context', name]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('--context takes a file with one JSON object');
  });

  test.each([
    [[], /no expression given/],
    [['1', '+', '2'], /put it in quotes/],
    [['1', '--contxt', 'f'], /unknown flag --contxt; did you mean --context\?/],
    [['1', '--context'], /--context needs a value/],
    [['--batch', '1'], /--batch takes expressions and contexts from standard input/],
  ])('called as %j is a wrong call, exit code 2', (argv, message) => {
    const { status, stdout, stderr } = feel(argv);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  test('is documented by --help and in the list of commands', () => {
    expect(feel(['--help']).stdout).toMatch(/--context FILE.*--explain.*--batch/s);
  });
});

describe('--batch', () => {
  test('answers each line with its value or with code and message', () => {
    expect(
      batch([
        { expression: '=request.body.n + 1', context: { request: { body: { n: 2 } } } },
        { expression: '1 +', context: {} },
        { expression: 'for i in 1..n return i', context: { n: 1e9 } },
        '',
        { expression: 'missing' },
        '{"expression": "id", "context": {"id": 12345678901234567890}}',
        'no json',
        '[]',
        { expression: 1 },
        { expression: '1', context: [] },
        { expression: '"\u2028"', context: {} },
      ]),
    ).toEqual([
      { value: 3 },
      { error: { code: 'FEEL_SYNTAX', message: expect.stringContaining('line 1') } },
      { error: { code: 'FEEL_LIMIT_LIST', message: expect.any(String) } },
      { value: null },
      { value: '12345678901234567890' },
      { error: { code: 'JSON_MALFORMED', message: expect.any(String) } },
      { error: { code: 'FEEL_CONTEXT', message: expect.any(String) } },
      { error: { code: 'FEEL_LINE', message: expect.any(String) } },
      { error: { code: 'FEEL_LINE', message: expect.any(String) } },
      { value: '\u2028' },
    ]);
  });

  test('takes contexts as wide and deep as the caller likes, and long lines', () => {
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i]));
    const deep: unknown = JSON.parse(`${'['.repeat(3000)}1${']'.repeat(3000)}`);
    expect(
      batch([
        { expression: 'wide.k99999', context: { wide } },
        { expression: '1', context: { deep } },
        { expression: 'deep', context: { deep } },
        { expression: 'string length(text)', context: { text: 'x'.repeat(500_000) } },
      ]),
    ).toEqual([
      { value: 99_999 },
      { value: 1 },
      { error: { code: 'FEEL_LIMIT_DEPTH', message: expect.any(String) } },
      { value: 500_000 },
    ]);
  });

  test('keys of the context are data: they cannot change the expression', () => {
    const body = { 'admin and request.body.signed': true, admin: true, signed: false };
    const expression = 'request.body.admin and request.body.signed';
    expect(batch([{ expression, context: { request: { body } } }])).toEqual([{ value: false }]);
  });
});
