import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { compile, connectorFunctions, type FeelResult } from '@bpmn-connectors/feel';
import { ConnectorError, type JsonObject } from '@bpmn-connectors/sdk';
import { UsageError } from '../configuration/usage-error.ts';
import { errorCode } from '../io/error-code.ts';
import type { Io } from '../io/io.ts';
import type { Command } from './command.ts';
import { parseFeelContext } from './feel-context.ts';
import { describeExplanation } from './feel-explanation.ts';
import { feelFailure } from './feel-failure.ts';
import { readFeelFlags } from './feel-flags.ts';
import { evaluateLines } from './feel-lines.ts';

async function readContext(file: string, cwd: string): Promise<JsonObject> {
  try {
    return parseFeelContext(await readFile(resolve(cwd, file)));
  } catch (error) {
    const reason = error instanceof ConnectorError ? error.message : errorCode(error);
    if (typeof reason !== 'string') throw error;
    throw new ConnectorError(
      'FEEL_CONTEXT',
      `${file}: ${reason}. --context takes a file with one JSON object, {"request": {"body": …}}`,
      { cause: error },
    );
  }
}

const asJson = (value: FeelResult): string => JSON.stringify(value, undefined, 2);

function evaluateOne(expression: string, context: JsonObject, explain: boolean, io: Io): number {
  try {
    const compiled = compile(expression, { functions: connectorFunctions });
    if (explain) io.stdout.write(describeExplanation(compiled.explain(context)));
    const value = compiled.evaluate(context);
    if (!explain) io.stdout.write(`${asJson(value)}\n`);
    return 0;
  } catch (error) {
    const { code, message } = feelFailure(error);
    io.stderr.write(`${code}: ${message}\n`);
    return 1;
  }
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { expressions, contextFile, explain, batch } = readFeelFlags(argv);
  if (batch) {
    await evaluateLines(io.stdin, io.stdout);
    return 0;
  }
  const [expression, ...others] = expressions;
  if (expression === undefined || others.length > 0) {
    const problem =
      expression === undefined
        ? "no expression given: bpmn-connectors feel '1 + 1'"
        : 'more than one expression given: put it in quotes';
    throw new UsageError([problem]);
  }
  const context = contextFile === undefined ? {} : await readContext(contextFile, io.cwd);
  return evaluateOne(expression, context, explain, io);
}

const help = (): string =>
  [
    '  --context FILE  JSON object whose top-level keys are the variables',
    '  --explain       Print the value of each sub-expression',
    '  --batch         Read lines {"expression": …, "context": …} from standard input and print a line',
    '                  {"value": …} or {"error": {"code": …, "message": …}} for each; blank lines are skipped',
    '',
    'A leading = is not part of the expression; one that begins with - comes after --. Functions of error',
    'expressions (bpmnError, jobError, ignoreError, backoff) are there. Whole numbers of the context beyond',
    '2^53 become texts, as they do in webhooks, so that no digit changes. Exit code 1: the expression or the',
    'context is wrong, or the evaluation failed.',
  ].join('\n');

/** Evaluates FEEL, as connectors do. */
export const feelCommand: Command = {
  name: 'feel',
  usage: "'<expression>' [--context FILE] [--explain] | --batch",
  summary: 'Evaluate a FEEL expression, as connectors do',
  help,
  run,
};
