import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DmnTck } from './install-dmn-tck.ts';

/** A decision that is one FEEL expression and needs no input. */
export interface TckCase {
  /** `1100 feel-decimal-function_001_af177e63fc` */
  readonly id: string;
  readonly expression: string;
  /** The result as text: `["a", 1]`, `P1D`, `null(reason)`. */
  readonly expected: string;
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

const unescapeXml = (text: string): string =>
  text
    .replace(/^\s*<!\[CDATA\[(.*)\]\]>\s*$/s, '$1')
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all);

/** Literal expressions by the name of their decision; not those that need other decisions or inputs. */
function expressionsOf(xml: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, head = '', body = ''] of xml.matchAll(/<decision\b([^>]*)>(.*?)<\/decision>/gs)) {
    const name = /\bname="([^"]*)"/.exec(head)?.[1];
    const text = /^\s*<literalExpression\b[^>]*>\s*<text>(.*?)<\/text>/s.exec(
      body.replace(
        /^.*?(?=<(?:literalExpression|context|decisionTable|list|relation|invocation|functionDefinition|conditional|filter|for|some|every)\b)/s,
        '',
      ),
    )?.[1];
    if (name === undefined || text === undefined || /Requirement\b/.test(body)) continue;
    found.set(unescapeXml(name), unescapeXml(text).trim());
  }
  return found;
}

/** Names of decisions with what is expected of them, from tests that give no input. */
function expectationsOf(rust: string): readonly (readonly [string, string])[] {
  return rust.split('#[test]').flatMap((test) => {
    if (/assert_(?!decision\()|test_n\(|eqs?d?\((?!"[^"]*", &CTX)/.test(test)) return [];
    const withoutInput = test.replace(/context\(\s*r#"\{\s*\}"#\s*\)/, '');
    const [name, expected, ...more] = [
      ...withoutInput.matchAll(/r#"(.*?)"#|"((?:[^"\\]|\\.)*)"/gs),
    ].map(([, raw, plain]) => raw ?? plain?.replace(/\\(.)/g, '$1') ?? '');
    return name === undefined || expected === undefined || more.length > 0
      ? []
      : [[name, expected] as const];
  });
}

/** The cases that apply to FEEL alone. What DMN's types make of a result ("after coercion") does not. */
export function readDmnTck({ models, expectations }: DmnTck): readonly TckCase[] {
  return readdirSync(expectations)
    .flatMap((file) => /^dmn_3_(\d+)\.rs$/.exec(file)?.[1] ?? [])
    .filter((number) => existsSync(join(models, `3_${number}.dmn`)))
    .sort()
    .flatMap((number) => {
      const expressions = expressionsOf(readFileSync(join(models, `3_${number}.dmn`), 'utf8'));
      return expectationsOf(readFileSync(join(expectations, `dmn_3_${number}.rs`), 'utf8')).flatMap(
        ([name, expected]) => {
          const expression = expressions.get(name);
          return expression === undefined || expected.startsWith('null(after coercion')
            ? []
            : [{ id: `${number} ${name}`, expression, expected }];
        },
      );
    });
}
