import { type CompiledExpression, compile, type Scope } from '@bpmn-connectors/feel';
import type { Presented } from './authenticator.ts';

/** Finds the API key in a request. */
export interface ApiKeyLocator {
  readonly readsBody: boolean;
  readonly warnings: readonly string[];
  find(presented: Presented): string | undefined;
}

/** One header by name: most locators. Needs no FEEL, and takes names that FEEL would read as subtraction. */
const headerPath = /^request\.headers\.(?:`([^`]+)`|([A-Za-z0-9_-]+))$/;
/** Early templates had this as their default; it names no part of a request. */
const legacyName = /^api-?key$/i;

/**
 * Compiles `inbound.auth.apiKeyLocator`, with or without its leading `=`. Header names are matched in any
 * case where the locator is just one header.
 * @throws {FeelSyntaxError} it cannot be parsed.
 */
export function compileLocator(source: string): ApiKeyLocator {
  const text = source.trim().replace(/^=/, '').trim();
  const [, quoted, plain] = headerPath.exec(text) ?? [];
  const header = (quoted ?? plain)?.toLowerCase();
  return header === undefined ? compileExpression(text) : readHeader(header);
}

const readHeader = (name: string): ApiKeyLocator => ({
  readsBody: false,
  warnings: [],
  find: ({ headers }) => headers[name] || undefined,
});

function compileExpression(text: string): ApiKeyLocator {
  const expression = compile(`=${text}`);
  return {
    readsBody: mentionsBody(text),
    warnings: warningsOf(text, expression.references),
    find: ({ headers, params, body }) => {
      const request = { headers, params, ...(body === undefined ? {} : { body }) };
      return toText(evaluateSafely(expression, { request }));
    },
  };
}

function evaluateSafely(expression: CompiledExpression, scope: Scope): unknown {
  try {
    return expression.evaluate(scope);
  } catch {
    return null;
  }
}

/** Rather once too often: a body parsed before it had to be does no harm, it is bounded. */
const mentionsBody = (text: string): boolean => /\bbody\b/.test(text);

const toText = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

function warningsOf(text: string, references: readonly string[]): readonly string[] {
  if (references.includes('request')) return [];
  const example = legacyName.test(text) ? '=request.headers.apikey' : '=request.headers.x-api-key';
  return [
    `The API key locator reads no part of the request, so every request is refused. Write ${example}`,
  ];
}
