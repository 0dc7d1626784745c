import type { JsonValue } from '@bpmn-connectors/sdk';

/** How an API destination proves who it is. */
export type ConnectionAuthorization =
  | { readonly type: 'BASIC'; readonly username: string; readonly password: string }
  | {
      readonly type: 'API_KEY';
      /** Name of the header, sent as written. */
      readonly apiKeyName: string;
      readonly apiKeyValue: string;
    }
  | {
      readonly type: 'OAUTH_CLIENT_CREDENTIALS';
      readonly authorizationEndpoint: string;
      readonly clientId: string;
      readonly clientSecret: string;
      /** Further fields of the token request: `scope`, `audience`. */
      readonly body?: Readonly<Record<string, string>>;
    };

/** A connection: credentials and what is added to every request. */
export interface ConnectionOptions {
  readonly name: string;
  readonly authorization: ConnectionAuthorization;
  /** The 33 names that AWS keeps for itself are left out. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Added after the query of the destination's URL. */
  readonly query?: Readonly<Record<string, string>>;
  /** Added as top-level members of the body. */
  readonly body?: Readonly<Record<string, JsonValue>>;
}

/** What is known of a connection. */
export interface ConnectionView {
  readonly name: string;
  /** A Basic or API-key connection that got 401 or 407 is `DEAUTHORIZED` and sends nothing more. */
  readonly state: 'AUTHORIZED' | 'DEAUTHORIZED';
}

/** A connection with its state. */
export interface Connection {
  readonly options: ConnectionOptions;
  state: ConnectionView['state'];
  token?: { readonly value: string; readonly expiresAt: number };
}

/** Where events go: an HTTP endpoint behind a connection. */
export interface ApiDestinationOptions {
  readonly name: string;
  /** Name of the connection. */
  readonly connection: string;
  /** `https`, or `http` on loopback. */
  readonly url: string;
  /** Any but CONNECT and TRACE. @default 'POST' */
  readonly method?: string;
}
