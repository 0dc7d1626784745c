import { compile, connectorFunctions, type FeelResult } from '@bpmn-connectors/feel';
import { ConnectorError } from '@bpmn-connectors/sdk';
import type { Output } from '../io/io.ts';
import { parseFeelContext } from './feel-context.ts';
import { feelFailure } from './feel-failure.ts';

const lineFeed = 0x0a;

/** Split by line feeds alone: other line separators of Unicode may stand in JSON texts. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = [];
  for await (const chunk of input) {
    let rest = chunk;
    for (let end = rest.indexOf(lineFeed); end >= 0; end = rest.indexOf(lineFeed)) {
      yield Buffer.concat([...pieces, rest.subarray(0, end)]);
      pieces = [];
      rest = rest.subarray(end + 1);
    }
    pieces.push(rest);
  }
  yield Buffer.concat(pieces);
}

function evaluateLine(line: Uint8Array): FeelResult {
  const { expression, context = {} } = parseFeelContext(line);
  const isContext = typeof context === 'object' && context !== null && !Array.isArray(context);
  if (typeof expression !== 'string' || !isContext) {
    const message = 'A line is {"expression": "…", "context": {…}}';
    throw new ConnectorError('FEEL_LINE', message);
  }
  return compile(expression, { functions: connectorFunctions }).evaluate(context);
}

function answerTo(line: Uint8Array): object {
  try {
    return { value: evaluateLine(line) };
  } catch (error) {
    return { error: feelFailure(error) };
  }
}

const isBlank = (line: Buffer): boolean => line.toString('latin1').trim() === '';

/** Evaluates line by line: each has an answer of its own, whatever the others were. */
export async function evaluateLines(
  input: AsyncIterable<Uint8Array>,
  output: Output,
): Promise<void> {
  for await (const line of linesOf(input)) {
    if (!isBlank(line)) output.write(`${JSON.stringify(answerTo(line))}\n`);
  }
}
