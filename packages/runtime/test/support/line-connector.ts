import {
  ConfigurationError,
  ConnectorError,
  type InboundConnector,
  type InboundContext,
  type InboundDefinition,
  type InboundEvent,
  type InboundOutcome,
  type InboundPhase,
  type JsonObject,
  type JsonValue,
  type RawDelivery,
} from '@bpmn-connectors/sdk';

const lineDefinition: InboundDefinition = {
  kind: 'inbound',
  type: 'test:line:1',
  templates: [],
  endpointProperties: ['inbound.type', 'inbound.context', 'inbound.auth.', 'inbound.broken'],
  elementExpressions: ['inbound.responseExpression'],
};

/** What comes in on a line. */
interface Call {
  readonly body: JsonValue;
  readonly messageId?: string;
  readonly envelope?: JsonObject;
}

/** An inbound connector without a network: a line is called by its address, in the same process. */
export interface LineConnector extends InboundConnector {
  /** Undefined: nobody listens there. */
  call(address: string, call: Call): Promise<InboundOutcome | undefined>;
  /** What the connector has seen, in order: `activate a`, `deactivate a`, `enter active`. */
  readonly events: readonly string[];
  /** Password with which a line is served now. */
  password(address: string): string | undefined;
  /** The context of a line, as the connector has it. */
  context(address: string): InboundContext | undefined;
  /** Lines that cannot be opened now. */
  readonly cut: Set<string>;
  /** Lines that cannot be left without an error. */
  readonly stuck: Set<string>;
}

interface Line {
  readonly context: InboundContext;
  readonly password: string | undefined;
}

const eventOf = (raw: RawDelivery, messageId?: string): InboundEvent => {
  const body: JsonValue = JSON.parse(new TextDecoder().decode(raw.body));
  const id = messageId ?? raw.envelope['messageId'];
  return {
    scope: { request: { body }, connectorData: {}, documents: [] },
    raw,
    ...(typeof id === 'string' ? { messageId: id } : {}),
  };
};

export function line(): LineConnector {
  const lines = new Map<string, Line>();
  const events: string[] = [];
  const cut = new Set<string>();
  const stuck = new Set<string>();
  return {
    definition: lineDefinition,
    events,
    cut,
    stuck,
    prepare: (properties) => {
      const address = properties['inbound.context'] ?? '';
      const password = properties['inbound.auth.password'];
      if (password === 'weak') {
        throw new ConfigurationError([
          { where: 'inbound.auth.password', reason: 'weak is too weak', fix: 'Take a longer one' },
        ]);
      }
      return {
        address,
        description: {
          webhookId: address,
          urls: [`line:${address}`],
          method: 'CALL',
          auth: password === undefined ? 'NONE' : 'PASSWORD',
          warnings: [],
        },
        read: (raw) => {
          if (raw.body.byteLength === 0) throw new ConnectorError('EMPTY', 'Nothing to read');
          return eventOf(raw);
        },
        activate: async (context) => {
          events.push(`activate ${address}`);
          if (properties['inbound.broken'] === 'true' || cut.has(address)) {
            throw new ConnectorError('CUT', `The line ${address} is cut`, { retryable: true });
          }
          const mine = { context, password };
          lines.set(address, mine);
          return async () => {
            events.push(`deactivate ${address}`);
            if (lines.get(address) === mine) lines.delete(address);
            if (stuck.has(address)) throw new ConnectorError('STUCK', `${address} hangs`);
          };
        },
      };
    },
    call: async (address, { body, messageId, envelope = {} }) => {
      const bytes = new TextEncoder().encode(JSON.stringify(body));
      const stored = messageId === undefined ? envelope : { ...envelope, messageId };
      const event = eventOf({ envelope: stored, body: bytes }, messageId);
      return lines.get(address)?.context.correlate(event);
    },
    password: (address) => lines.get(address)?.password,
    context: (address) => lines.get(address)?.context,
    enter: (phase: InboundPhase) => void events.push(`enter ${phase}`),
    close: async () => void events.push('close'),
  };
}
