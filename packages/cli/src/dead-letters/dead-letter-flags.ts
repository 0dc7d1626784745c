import { readCommandFlags } from '../commands/command-flags.ts';
import { unknownName } from '../configuration/unknown-name.ts';
import { UsageError } from '../configuration/usage-error.ts';

/** What `bpmn-connectors dead-letters` was told. */
export interface DeadLetterFlags {
  readonly action: 'list' | 'show' | 'replay';
  readonly ids: readonly string[];
  readonly all: boolean;
  readonly json: boolean;
  readonly webhookId: string | undefined;
  readonly managementUrl: string | undefined;
  readonly managementToken: string | undefined;
  readonly config: string | undefined;
}

const actions = ['list', 'show', 'replay'] as const;

/** @throws {UsageError} the action or a flag is unknown, a value is missing, or what is given does not go together. */
export function readDeadLetterFlags(argv: readonly string[]): DeadLetterFlags {
  const { positionals, isSet, text, problems } = readCommandFlags(argv, {
    switches: ['all', 'json'],
    texts: {
      'webhook-id': 'ID',
      'management-url': 'URL',
      'management-token': 'TOKEN',
      config: 'FILE',
    },
  });
  const [given = '', ...ids] = positionals;
  const action = actions.find((one) => one === given);
  const read = {
    ids,
    all: isSet('all'),
    json: isSet('json'),
    webhookId: text('webhook-id'),
    managementUrl: text('management-url'),
    managementToken: text('management-token'),
    config: text('config'),
  };
  if (action === undefined) {
    problems.push(
      given === ''
        ? 'nothing to do given: list, show or replay'
        : unknownName('action', given, actions),
    );
    throw new UsageError(problems);
  }
  problems.push(...misfits({ action, ...read }));
  if (problems.length > 0) throw new UsageError(problems);
  return { action, ...read };
}

function misfits({ action, ids, all, webhookId }: DeadLetterFlags): readonly string[] {
  const several = all || webhookId !== undefined;
  if (action === 'list') {
    return ids.length > 0 || all ? ['list takes --webhook-id and no ids'] : [];
  }
  if (action === 'show') {
    return ids.length !== 1 || several ? ['show takes one id'] : [];
  }
  return ids.length > 0 === several
    ? ['replay takes ids, or --all, or --webhook-id for those of one webhook']
    : [];
}
