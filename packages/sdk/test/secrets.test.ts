import {
  createMask,
  environmentSecrets,
  replaceSecretReferences,
  secretReferences,
} from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';

describe('secretReferences', () => {
  test.each([
    ['{{secrets.KEY}}', ['KEY']],
    ['Bearer {{ secrets.TOKEN }} and {{secrets.a/b.c-d}}', ['TOKEN', 'a/b.c-d']],
    ['{{secrets.KEY}}{{secrets.KEY}}', ['KEY']],
    ['secrets.KEY', ['KEY']],
    [' secrets.KEY ', ['KEY']],
    ['mysecrets.KEY', []],
    ['see secrets.KEY there', []],
    ['camunda.secrets.KEY', []],
    ['{{secrets.}}', []],
  ])('finds in %j the names %j', (text, names) => {
    expect(secretReferences(text)).toEqual(names);
  });
});

describe('replaceSecretReferences', () => {
  test('replaces all references in one pass and looks at no value again', () => {
    const values = new Map([
      ['A', '{{secrets.B}}'],
      ['B', 'never'],
    ]);
    expect(replaceSecretReferences('x {{secrets.A}} y', values)).toBe('x {{secrets.B}} y');
  });

  test('puts a value in as it is, also with signs that replacing gives a meaning', () => {
    expect(replaceSecretReferences('{{secrets.A}}', new Map([['A', '$& $1 `']]))).toBe('$& $1 `');
  });

  test('leaves a name without a value as it is written', () => {
    expect(replaceSecretReferences('{{secrets.A}} secrets.A', new Map())).toBe(
      '{{secrets.A}} secrets.A',
    );
  });
});

describe('createMask', () => {
  test('masks values, longer ones first, also as JSON writes them', () => {
    const mask = createMask(['abc', 'abcdef', 'a"b']);
    expect(mask('abcdef abc {"v":"a\\"b"}')).toBe('*** *** {"v":"***"}');
  });

  test.each([
    ['a URL', encodeURIComponent('s3cret/+ä =')],
    ['a form', new URLSearchParams({ v: 's3cret/+ä =' }).toString().slice(2)],
    ['Base64', Buffer.from('s3cret/+ä =').toString('base64')],
    ['Base64 of a URL', Buffer.from('s3cret/+ä =').toString('base64url')],
  ])('masks values as they stand in %s', (_name, written) => {
    expect(createMask(['s3cret/+ä ='])(`at ${written}!`)).toBe('at ***!');
  });

  test('masks a value that is no text of Unicode', () => {
    expect(createMask(['s3cret\ud800'])('at s3cret\ud800!')).toBe('at ***!');
  });

  test('masks nothing where there are no values', () => {
    expect(createMask([''])('text')).toBe('text');
  });
});

describe('environmentSecrets', () => {
  test('reads only variables with the prefix', async () => {
    const provider = environmentSecrets({ SECRET_KEY: 'v', HOME: '/home/x' });
    await expect(provider.get('KEY')).resolves.toBe('v');
    await expect(provider.get('HOME')).resolves.toBeUndefined();
  });
});
