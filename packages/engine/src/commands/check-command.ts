import type { Command, JsonObject, Rejected } from '@bpmn-connectors/sdk';
import type { EngineLimits } from '../engine-options.ts';
import { deepestVariables, plainVariables } from './plain-variables.ts';

/** The variables of a sound command, or why it is rejected. */
export type CheckedCommand = { readonly variables: JsonObject } | { readonly rejected: Rejected };

/** Checks what a sender controls: sizes, and that variables are plain data. */
export function checkCommand(command: Command, limits: EngineLimits): CheckedCommand {
  const tenant = command.tenantId ?? '';
  if (tenant !== '' && tenant !== '<default>') {
    return reject('UNSUPPORTED', 'The embedded engine has no tenants');
  }
  for (const [what, text] of keysOf(command)) {
    if (text !== undefined && text.length > limits.keyLength) {
      return reject('TOO_LARGE', `The ${what} is longer than ${limits.keyLength} characters`);
    }
  }
  const variables = plainVariables(command.variables, limits.variablesLength);
  if (variables === 'not-json') return reject('INVALID', 'The variables are no JSON object');
  if (variables === 'too-deep') {
    return reject('INVALID', `The variables are nested deeper than ${deepestVariables} levels`);
  }
  if (variables === 'too-large') {
    const limit = `${limits.variablesLength} characters of JSON`;
    return reject('TOO_LARGE', `The variables are larger than ${limit}`);
  }
  return { variables };
}

function keysOf(command: Command): readonly (readonly [what: string, text: string | undefined])[] {
  if (command.kind === 'start') return [['idempotency key', command.idempotencyKey]];
  return [
    ['message name', command.messageName],
    ['correlation key', command.correlationKey],
    ['message id', command.kind === 'publish' ? command.messageId : undefined],
  ];
}

const reject = (code: Rejected['code'], message: string): CheckedCommand => ({
  rejected: { status: 'rejected', code, message },
});
