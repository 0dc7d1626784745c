import type { JsonObject } from '@bpmn-connectors/sdk';
import type { Target } from './attempt-delivery.ts';
import { compileEventPattern } from './compile-event-pattern.ts';
import type {
  ApiDestinationOptions,
  Connection,
  ConnectionOptions,
  ConnectionView,
} from './connection.ts';
import type { AcceptedEvent } from './event-envelope.ts';

/** A rule: which events of a bus go where. */
export interface RuleOptions {
  readonly name: string;
  /** @default 'default' */
  readonly eventBusName?: string;
  readonly eventPattern: JsonObject;
  /** Names of API destinations. */
  readonly targets: readonly string[];
  /** Name of the queue that gets what cannot be delivered. Without it AWS loses such events. */
  readonly deadLetter?: string;
}

interface Rule {
  readonly options: RuleOptions;
  readonly matches: (event: JsonObject) => boolean;
}

/** What was set up: buses, connections, destinations, rules. */
export interface Registry {
  /** Names of the buses; `default` is always there. */
  readonly buses: readonly string[];
  /** @throws {TypeError} there is one of that name. */
  createEventBus(name: string): void;
  /** @throws {TypeError} there is one of that name. */
  createConnection(options: ConnectionOptions): void;
  /** @throws {TypeError} there is one of that name, no such connection, or a URL or method AWS refuses. */
  createApiDestination(options: ApiDestinationOptions): void;
  /** Replaces a rule of the same name. @throws {TypeError} an unsupported pattern, no such bus or target. */
  putRule(options: RuleOptions): void;
  /** @throws {TypeError} no such connection. */
  connection(name: string): ConnectionView;
  /** Where the rules send an event. */
  readonly targetsOf: (event: AcceptedEvent) => readonly Target[];
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\./.test(host);

function checkDestination({ name, url, method = 'POST' }: ApiDestinationOptions): void {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
    throw new TypeError(`API destination ${name}: the URL must be https (http only on loopback)`);
  }
  if (['CONNECT', 'TRACE'].includes(method.toUpperCase())) {
    throw new TypeError(`API destination ${name}: ${method} is not a method EventBridge sends`);
  }
}

function found<Value>(map: ReadonlyMap<string, Value>, kind: string, name: string): Value {
  const value = map.get(name);
  if (value === undefined) throw new TypeError(`There is no ${kind} ${name}; create it first`);
  return value;
}

function add<Value>(map: Map<string, Value>, kind: string, name: string, value: Value): void {
  if (map.has(name)) throw new TypeError(`${kind} ${name}: there is one already`);
  map.set(name, value);
}

/** Makes a registry that holds the bus `default`. */
export function createRegistry(): Registry {
  const buses = ['default'];
  const connections = new Map<string, Connection>();
  const destinations = new Map<string, ApiDestinationOptions>();
  const rules = new Map<string, Rule>();

  const targetsOfRule = ({ name, targets, deadLetter }: RuleOptions): Target[] =>
    targets.map((target) => {
      const destination = found(destinations, 'API destination', target);
      const connection = found(connections, 'connection', destination.connection);
      const queue = deadLetter === undefined ? {} : { queue: deadLetter };
      return { rule: name, ...queue, destination, connection };
    });

  return {
    buses,
    createEventBus: (name) => {
      if (buses.includes(name)) throw new TypeError(`There is an event bus ${name} already`);
      buses.push(name);
    },
    createConnection: (options) =>
      add(connections, 'connection', options.name, { options, state: 'AUTHORIZED' }),
    createApiDestination: (options) => {
      checkDestination(options);
      found(connections, 'connection', options.connection);
      add(destinations, 'API destination', options.name, options);
    },
    putRule: (options) => {
      const { eventBusName = 'default' } = options;
      if (!buses.includes(eventBusName)) {
        throw new TypeError(`There is no event bus ${eventBusName}; create it first`);
      }
      targetsOfRule(options);
      rules.set(options.name, { options, matches: compileEventPattern(options.eventPattern) });
    },
    connection: (name) => ({ name, state: found(connections, 'connection', name).state }),
    targetsOf: ({ eventBusName, envelope }) =>
      [...rules.values()]
        .filter(({ options }) => (options.eventBusName ?? 'default') === eventBusName)
        .filter(({ matches }) => matches({ ...envelope, resources: [...envelope.resources] }))
        .flatMap(({ options }) => targetsOfRule(options)),
  };
}
