import { bind, field, fieldMetadata, parseDuration, secret } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

const schema = z.object({
  authentication: z.discriminatedUnion('type', [
    z.object({ type: z.literal('basic'), user: z.string().min(1), password: secret() }),
    z.object({ type: z.literal('none') }),
  ]),
  input: z.object({
    to: field(z.string().min(1), { label: 'To' }),
    count: z.number().int().optional(),
    urgent: z.boolean().default(false),
    kind: z.enum(['Plain', 'Rich']).optional(),
    tags: z.array(z.string()).optional(),
    detail: z.unknown().optional(),
  }),
});
const variables = (input: Record<string, never> | object) => ({
  authentication: { type: 'none' },
  input: { to: 'x', ...input },
});

describe('bind', () => {
  test('coerces what a modeler wrote as text to what the schema wants', () => {
    expect(
      bind(schema, variables({ to: 5, count: '7', urgent: 'true', kind: 'rich', tags: 'one' }))
        .input,
    ).toEqual({ to: '5', count: 7, urgent: true, kind: 'Rich', tags: ['one'] });
  });

  test('takes empty text and null as absent, so that defaults apply', () => {
    expect(bind(schema, variables({ count: '', urgent: null, kind: '' })).input).toEqual({
      to: 'x',
      urgent: false,
    });
  });

  test('leaves free data exactly as it is', () => {
    const detail = { a: '', b: null, c: '5', d: ['true'] };
    expect(bind(schema, variables({ detail })).input.detail).toEqual(detail);
  });

  test('leaves variables out that the schema does not name', () => {
    expect(bind(schema, { ...variables({ other: 1 }), more: 2 })).toEqual({
      authentication: { type: 'none' },
      input: { to: 'x', urgent: false },
    });
  });

  test('names every wrong field at once and never a value', () => {
    const bad = {
      authentication: { type: 'basic', user: '', password: '' },
      input: { count: 'hunter2' },
    };
    expect(() => bind(schema, bad)).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        retryable: false,
        message: expect.stringMatching(
          /authentication\.user.*authentication\.password.*input\.to.*input\.count/,
        ),
      }),
    );
    expect(() => bind(schema, bad)).not.toThrow(/hunter2/);
  });
});

describe('a wrong field', () => {
  const messageOf = (input: z.ZodType, value: Record<string, string | string[]>) => {
    try {
      bind(input, value);
    } catch (error) {
      return String(error);
    }
    return 'nothing was thrown';
  };

  test('is named by its label beside its path, also inside a union and of a list', () => {
    const labelled = z.object({
      kind: z.discriminatedUnion('type', [
        z.object({ type: z.literal('a') }),
        z.object({ type: z.literal('b'), key: secret({ label: 'Access key' }) }),
      ]),
      tags: field(z.array(z.string().max(2)), { label: 'Tags' }).optional(),
    });
    const message = messageOf(labelled, { kind: 'b', tags: ['fine enough'] });
    expect(message).toContain('tags.0 (Tags): ');
    expect(() => bind(labelled, { kind: { type: 'b' } })).toThrow('kind.key (Access key): ');
  });

  test('without a label is named by its path alone', () => {
    expect(messageOf(z.object({ plain: z.string() }), {})).toContain('Invalid input: plain: ');
  });
});

describe('fieldMetadata', () => {
  test('survives optional, default and transforms, and the outer one wins', () => {
    const inner = field(z.string(), { label: 'Inner', tooltip: 'kept' });
    expect(fieldMetadata(inner.optional())).toEqual({ label: 'Inner', tooltip: 'kept' });
    expect(fieldMetadata(field(inner.default('x'), { label: 'Outer' }))).toEqual({
      label: 'Outer',
      tooltip: 'kept',
    });
    expect(fieldMetadata(inner.transform((text) => text.length))?.label).toBe('Inner');
  });

  test('marks secrets', () => {
    expect(fieldMetadata(secret({ label: 'Token' }).optional())).toMatchObject({
      secret: true,
      label: 'Token',
    });
  });
});

describe('parseDuration', () => {
  test.each([
    ['PT30S', 30_000],
    ['PT0S', 0],
    ['PT1.5S', 1500],
    ['PT1H30M', 5_400_000],
    ['P1DT2H', 93_600_000],
    ['P2W', 1_209_600_000],
    ['P0D', 0],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each(['', 'P', 'PT', '30', 'P1M', 'P1Y', 'PT1X', '-PT1S', 'P1DT'])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
