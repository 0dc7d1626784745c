import { ConfigurationError } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { type WebhookOptions, webhook, webhookDefinition } from '../src/index.ts';
import type { Properties } from './support/served-webhook.ts';

const basic = {
  'inbound.context': 'orders',
  'inbound.auth.type': 'BASIC',
  'inbound.auth.username': 'u',
  'inbound.auth.password': 'p',
};
const hmac = {
  'inbound.context': 'orders',
  'inbound.shouldValidateHmac': 'enabled',
  'inbound.hmacSecret': 's',
  'inbound.hmacHeader': 'X-Signature',
  'inbound.hmacAlgorithm': 'sha_256',
};
const apiKey = {
  'inbound.context': 'orders',
  'inbound.auth.type': 'APIKEY',
  'inbound.auth.apiKey': 'k',
};
const jwt = {
  'inbound.context': 'orders',
  'inbound.auth.type': 'JWT',
  'inbound.auth.jwt.jwkUrl': 'https://issuer.example.test/jwks.json',
};

function problemsOf(properties: Properties, options: WebhookOptions = {}) {
  try {
    webhook(options).prepare(properties);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('a webhook is served with', () => {
  test.each<[string, Properties]>([
    ['the least', basic],
    ['properties that nobody knows', { ...basic, 'inbound.unknown': 'x', resultVariable: 'r' }],
    [
      'every property of the EventBridge template',
      {
        ...basic,
        'inbound.type': 'io.camunda:webhook:1',
        'inbound.subtype': 'aws:eventbridge',
        'inbound.method': 'any',
        'inbound.shouldValidateHmac': 'disabled',
        activationCondition: '=true',
        correlationRequired: 'notRequired',
      },
    ],
    ['a method in capitals', { ...basic, 'inbound.method': 'POST' }],
    ['an empty method', { ...basic, 'inbound.method': '' }],
    ['unreserved characters in its id', { ...basic, 'inbound.context': 'a.b_c~d-E5' }],
    ['a user name by FEEL', { ...basic, 'inbound.auth.username': '="us" + "er"' }],
    ['an API key', apiKey],
    ['a key set', jwt],
    [
      'roles',
      {
        ...jwt,
        'inbound.auth.jwt.permissionsExpression': '=roles',
        'inbound.auth.jwt.requiredPermissions': '=["a"]',
      },
    ],
    ['the largest body that may be asked for', { ...basic, 'inbound.maxBodySize': '10MB' }],
    ['a verification expression', { ...basic, 'inbound.verificationExpression': '=null' }],
    ['HMAC left empty', { ...basic, 'inbound.hmacSecret': '', 'inbound.shouldValidateHmac': '' }],
  ])('%s', (_name, properties) => {
    expect(problemsOf(properties)).toEqual([]);
  });
});

describe('a webhook is refused with', () => {
  test.each<[string, Properties, string, RegExp]>([
    ['no id', { ...basic, 'inbound.context': '' }, 'inbound.context', /one path segment/],
    [
      'an id of two segments',
      { ...basic, 'inbound.context': 'a/b' },
      'inbound.context',
      /one path segment/,
    ],
    [
      'a blank in its id',
      { ...basic, 'inbound.context': 'a b' },
      'inbound.context',
      /one path segment/,
    ],
    [
      '%2f in its id',
      { ...basic, 'inbound.context': 'a%2fb' },
      'inbound.context',
      /one path segment/,
    ],
    [
      'dots for an id',
      { ...basic, 'inbound.context': '..' },
      'inbound.context',
      /one path segment/,
    ],
    [
      'an unresolved secret in its id',
      { ...basic, 'inbound.context': 'a-{{secrets.X}}' },
      'inbound.context',
      /one path segment/,
    ],
    [
      'an unknown method',
      { ...basic, 'inbound.method': 'PATCH' },
      'inbound.method',
      /no such method/,
    ],
    [
      'an unknown authorization type',
      { ...basic, 'inbound.auth.type': 'HMAC' },
      'inbound.auth.type',
      /no such authorization type/,
    ],
    [
      'no authentication',
      { 'inbound.context': 'orders', 'inbound.auth.type': 'NONE' },
      'inbound.auth.type',
      /no authentication/,
    ],
    [
      'no authorization type',
      { 'inbound.context': 'orders' },
      'inbound.auth.type',
      /no authentication/,
    ],
    [
      'an empty user name',
      { ...basic, 'inbound.auth.username': ' ' },
      'inbound.auth.username',
      /empty/,
    ],
    [
      'a colon in the user name',
      { ...basic, 'inbound.auth.username': 'a:b' },
      'inbound.auth.username',
      /colon/,
    ],
    [
      'several user names',
      { ...basic, 'inbound.auth.username': '=["a","b"]' },
      'inbound.auth.username',
      /list/,
    ],
    [
      'an empty password',
      { ...basic, 'inbound.auth.password': '' },
      'inbound.auth.password',
      /empty/,
    ],
    [
      'an empty password in a list',
      { ...basic, 'inbound.auth.password': '=["a", ""]' },
      'inbound.auth.password',
      /list of texts/,
    ],
    [
      'an empty list of passwords',
      { ...basic, 'inbound.auth.password': '=[]' },
      'inbound.auth.password',
      /list of texts/,
    ],
    [
      'a password from nowhere',
      { ...basic, 'inbound.auth.password': '=missing' },
      'inbound.auth.password',
      /list of texts/,
    ],
    ['an empty API key', { ...apiKey, 'inbound.auth.apiKey': '' }, 'inbound.auth.apiKey', /empty/],
    [
      'a locator that is no FEEL',
      { ...apiKey, 'inbound.auth.apiKeyLocator': '=request.headers.(' },
      'inbound.auth.apiKeyLocator',
      /no FEEL expression \(line 1, column \d+\)/,
    ],
    ['no key set', { ...jwt, 'inbound.auth.jwt.jwkUrl': '' }, 'inbound.auth.jwt.jwkUrl', /missing/],
    [
      'what is no URL',
      { ...jwt, 'inbound.auth.jwt.jwkUrl': 'issuer' },
      'inbound.auth.jwt.jwkUrl',
      /no URL/,
    ],
    [
      'a key set over http',
      { ...jwt, 'inbound.auth.jwt.jwkUrl': 'http://issuer.example.test/' },
      'inbound.auth.jwt.jwkUrl',
      /not https/,
    ],
    [
      'a key set in a file',
      { ...jwt, 'inbound.auth.jwt.jwkUrl': 'file:///jwks.json' },
      'inbound.auth.jwt.jwkUrl',
      /not https/,
    ],
    [
      'credentials in the URL',
      { ...jwt, 'inbound.auth.jwt.jwkUrl': 'https://u:p@issuer.example.test/' },
      'inbound.auth.jwt.jwkUrl',
      /credentials/,
    ],
    [
      'a key set on loopback',
      { ...jwt, 'inbound.auth.jwt.jwkUrl': 'http://localhost:8081/' },
      'inbound.auth.jwt.jwkUrl',
      /private network/,
    ],
    [
      'a key set at the metadata service',
      { ...jwt, 'inbound.auth.jwt.jwkUrl': 'https://169.254.169.254/' },
      'inbound.auth.jwt.jwkUrl',
      /private network/,
    ],
    [
      'a private address mapped into IPv6',
      { ...jwt, 'inbound.auth.jwt.jwkUrl': 'https://[::ffff:10.0.0.1]/' },
      'inbound.auth.jwt.jwkUrl',
      /private network/,
    ],
    [
      'a private address as one number',
      { ...jwt, 'inbound.auth.jwt.jwkUrl': 'https://2130706433/' },
      'inbound.auth.jwt.jwkUrl',
      /private network/,
    ],
    [
      'an HMAC algorithm for JWT',
      { ...jwt, 'inbound.auth.jwt.algorithms': 'RS256,HS256' },
      'inbound.auth.jwt.algorithms',
      /not taken/,
    ],
    [
      'alg none',
      { ...jwt, 'inbound.auth.jwt.algorithms': 'none' },
      'inbound.auth.jwt.algorithms',
      /not taken/,
    ],
    [
      'a tolerance that is no duration',
      { ...jwt, 'inbound.auth.jwt.clockTolerance': '30' },
      'inbound.auth.jwt.clockTolerance',
      /duration/,
    ],
    [
      'required roles that nobody finds',
      { ...jwt, 'inbound.auth.jwt.requiredPermissions': 'a' },
      'inbound.auth.jwt.permissionsExpression',
      /nothing says where/,
    ],
    [
      'a role expression that is no FEEL',
      { ...jwt, 'inbound.auth.jwt.permissionsExpression': '=if (' },
      'inbound.auth.jwt.permissionsExpression',
      /no FEEL/,
    ],
    [
      'an unknown role mode',
      { ...jwt, 'inbound.auth.jwt.requiredPermissionsMode': 'some' },
      'inbound.auth.jwt.requiredPermissionsMode',
      /no such mode/,
    ],
    [
      'HMAC that is neither on nor off',
      { ...basic, 'inbound.shouldValidateHmac': 'yes' },
      'inbound.shouldValidateHmac',
      /neither enabled nor disabled/,
    ],
    [
      'HMAC without a secret',
      { ...hmac, 'inbound.hmacSecret': ' ' },
      'inbound.hmacSecret',
      /missing/,
    ],
    [
      'HMAC without a header',
      { ...hmac, 'inbound.hmacHeader': '' },
      'inbound.hmacHeader',
      /missing/,
    ],
    [
      'HMAC in a header that cannot be',
      { ...hmac, 'inbound.hmacHeader': 'X Sig' },
      'inbound.hmacHeader',
      /no name of a header/,
    ],
    [
      'HMAC with an algorithm that is not known',
      { ...hmac, 'inbound.hmacAlgorithm': 'md5' },
      'inbound.hmacAlgorithm',
      /not known/,
    ],
    [
      'HMAC of parameters alone',
      { ...hmac, 'inbound.hmacScopes': '=["parameters"]' },
      'inbound.hmacScopes',
      /cannot be signed/,
    ],
    [
      'a verification expression that is no FEEL',
      { ...basic, 'inbound.verificationExpression': '=if (' },
      'inbound.verificationExpression',
      /no FEEL/,
    ],
    ...['x', '[]', '{"$ref": "https://example.com/s"}'].map(
      (schema): [string, Properties, string, RegExp] => [
        `${schema} as its payload schema`,
        { ...basic, 'inbound.payloadSchema': schema },
        'inbound.payloadSchema',
        /no JSON schema/,
      ],
    ),
    ...['x', '10', '0/s', '10/d', '-1/s', '=10'].map(
      (rate): [string, Properties, string, RegExp] => [
        `${rate} as its rate`,
        { ...basic, 'inbound.rateLimit': rate },
        'inbound.rateLimit',
        /no rate/,
      ],
    ),
    ...['10GB', '1.5MB', '0', '0KB', '-1', 'x', '1e6', '=10'].map(
      (size): [string, Properties, string, RegExp] => [
        `${size} as its largest body`,
        { ...basic, 'inbound.maxBodySize': size },
        'inbound.maxBodySize',
        /no size/,
      ],
    ),
    [
      'a larger body than the operator allows',
      { ...basic, 'inbound.maxBodySize': '10241KB' },
      'inbound.maxBodySize',
      /above what the operator allows, 10485760 bytes/,
    ],
    [
      'the old response body expression',
      { ...basic, 'inbound.responseBodyExpression': '={}' },
      'inbound.responseBodyExpression',
      /not supported/,
    ],
  ])('%s', (_name, properties, where, reason) => {
    expect(problemsOf(properties)).toEqual([
      { where, reason: expect.stringMatching(reason), fix: expect.stringMatching(/\S/) },
    ]);
  });

  test('several problems, told at once', () => {
    const problems = problemsOf({ 'inbound.method': 'x', 'inbound.auth.type': 'BASIC' });
    expect(problems.map(({ where }) => where)).toEqual([
      'inbound.context',
      'inbound.method',
      'inbound.auth.username',
      'inbound.auth.password',
    ]);
  });

  test('no word of a secret in an expression that cannot be parsed', () => {
    const problems = problemsOf({ ...basic, 'inbound.auth.password': '=["s3cr3t", "pa"ss"]' });
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('s3cr3t');
  });

  test('an unauthenticated webhook, saying how to allow it', () => {
    const [problem] = problemsOf({ 'inbound.context': 'orders' });
    expect(problem?.fix).toContain('allowUnauthenticated: true');
    expect(problemsOf({ 'inbound.context': 'orders' }, { allowUnauthenticated: true })).toEqual([]);
  });
});

describe('operators see', () => {
  const describeWebhook = (properties: Properties, options: WebhookOptions = {}) =>
    webhook(options).prepare(properties).description;

  test('where a webhook is reached and how it is guarded', () => {
    expect(describeWebhook({ ...basic, 'inbound.method': 'post' })).toEqual({
      webhookId: 'orders',
      urls: ['/webhooks/orders', '/inbound/orders'],
      method: 'POST',
      auth: 'BASIC',
      warnings: [],
    });
    const baseUrls = ['https://hooks.example.test/webhooks'];
    expect(describeWebhook(basic, { baseUrls }).urls).toEqual([`${baseUrls[0]}/orders`]);
  });

  test.each<[string, Properties, RegExp]>([
    ['there is no authentication', { 'inbound.context': 'orders' }, /no authentication/],
    [
      'a locator of old templates finds nothing',
      { ...apiKey, 'inbound.auth.apiKeyLocator': 'apiKey' },
      /Write =request.headers.apikey$/,
    ],
    [
      'a locator reads no request',
      { ...apiKey, 'inbound.auth.apiKeyLocator': '="k"' },
      /reads no part of the request/,
    ],
    ['tokens for any audience are taken', jwt, /any audience/],
    [
      'any of several roles suffices',
      {
        ...jwt,
        'inbound.auth.jwt.audience': 'a',
        'inbound.auth.jwt.permissionsExpression': '=roles',
        'inbound.auth.jwt.requiredPermissions': 'a,b',
      },
      /requiredPermissionsMode/,
    ],
    [
      'roles are read for nothing',
      {
        ...jwt,
        'inbound.auth.jwt.audience': 'a',
        'inbound.auth.jwt.permissionsExpression': '=roles',
      },
      /none is required/,
    ],
  ])('that %s', (_name, properties, warning) => {
    const { warnings } = describeWebhook(properties, { allowUnauthenticated: true });
    expect(warnings).toEqual([expect.stringMatching(warning)]);
  });
});

test('two elements share an endpoint only if they agree in what guards it', () => {
  expect(webhookDefinition).toMatchObject({
    kind: 'inbound',
    type: 'io.camunda:webhook:1',
    elementExpressions: ['inbound.responseExpression'],
  });
  expect(webhookDefinition.endpointProperties).toEqual(
    expect.arrayContaining(['inbound.context', 'inbound.method', 'inbound.auth.']),
  );
});

test('unknown and impossible options are refused by name', () => {
  const options = { maxBodyBytes: 0, ...{ maxBodybytes: 1 } };
  expect(() => webhook(options)).toThrow(ConfigurationError);
  expect(() => webhook(options)).toThrow(/webhook options \/ maxBodyBytes[\s\S]*maxBodybytes/);
});
