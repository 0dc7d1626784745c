import { field, secret } from '@bpmn-connectors/sdk';
import { z } from 'zod';

const secretTooltip =
  'Name a secret here; what is written into the model can be read by all who see the model. Several values as a FEEL list make a rotation without a gap.';

const basic = () =>
  z.object({
    type: z.literal('BASIC'),
    username: field(z.string().min(1), { label: 'Username', feel: 'optional' }),
    password: secret({
      label: 'Password',
      tooltip: secretTooltip,
      placeholder: '{{secrets.WEBHOOK_PASSWORD}}',
    }),
  });

/** @param locator where senders put the key unless the model says otherwise. */
const apiKey = (locator: string) =>
  z.object({
    type: z.literal('APIKEY'),
    apiKey: secret({
      label: 'API key',
      tooltip: secretTooltip,
      placeholder: '{{secrets.WEBHOOK_API_KEY}}',
    }),
    apiKeyLocator: field(z.string().min(1).default(locator), {
      label: 'Where the key is',
      description: 'Header names are in lower case',
      required: true,
      feel: 'required',
    }),
  });

const optionalText = () => z.string().optional();

const tokenChecks = () => ({
  issuer: field(optionalText(), {
    label: 'Issuer',
    description: 'Tokens of other issuers are refused',
    feel: 'optional',
    placeholder: 'https://login.example.com/',
  }),
  audience: field(optionalText(), {
    label: 'Audience',
    description: 'Tokens for others are refused',
    feel: 'optional',
    placeholder: 'orders-webhook',
  }),
  clockTolerance: field(optionalText(), {
    label: 'Clock tolerance',
    description: 'How far the clocks may be apart (ISO 8601 duration); 30 seconds where empty',
    placeholder: 'PT30S',
  }),
  algorithms: field(optionalText(), {
    label: 'Algorithms',
    description: 'All that fit the keys where empty',
    feel: 'optional',
    placeholder: 'RS256',
  }),
});

const roleChecks = () => ({
  permissionsExpression: field(optionalText(), {
    label: 'Where the roles are',
    description: 'FEEL over the claims of the token',
    feel: 'required',
    placeholder: 'roles',
  }),
  requiredPermissions: field(optionalText(), {
    label: 'Roles that are needed',
    feel: 'required',
    placeholder: '["events:write"]',
  }),
  requiredPermissionsMode: field(z.enum(['any', 'all']).default('any'), {
    label: 'Of these roles a token needs',
    choices: { any: 'One', all: 'All' },
  }),
});

const jwt = () =>
  z.object({
    type: z.literal('JWT'),
    jwt: z.object({
      jwkUrl: field(z.string().min(1), {
        label: 'URL of the key set (JWKS)',
        feel: 'optional',
        placeholder: 'https://login.example.com/.well-known/jwks.json',
      }),
      ...tokenChecks(),
      ...roleChecks(),
    }),
  });

/** How a webhook's field for the kind of authentication is filled in and called. */
export interface AuthenticationFieldOptions {
  readonly label: string;
  readonly description: string;
  readonly initial: 'NONE' | 'JWT' | 'BASIC' | 'APIKEY';
  /** FEEL that gives the API key of a request. */
  readonly apiKeyLocator: string;
}

/** Fields of `inbound.auth.*`: the kind, and what each kind needs. */
export const authenticationFields = ({ apiKeyLocator, ...shown }: AuthenticationFieldOptions) =>
  field(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('NONE') }),
      jwt(),
      basic(),
      apiKey(apiKeyLocator),
    ]),
    {
      ...shown,
      group: 'authorization',
      choices: { NONE: 'None', JWT: 'OAuth (JWT)', BASIC: 'Basic', APIKEY: 'API key' },
    },
  );
