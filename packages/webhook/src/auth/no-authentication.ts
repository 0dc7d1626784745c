import { type Authenticator, verified } from './authenticator.ts';

/** Takes every request. Only where the operator allows it. */
export const noAuthentication: Authenticator = {
  scheme: 'NONE',
  challenge: '',
  readsBody: false,
  secrets: [],
  warnings: ['Anybody who knows the URL can send events: there is no authentication'],
  authenticate: () => verified,
};
