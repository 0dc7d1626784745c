import { z } from 'zod';
import type { RestClient } from '../rest/create-rest-client.ts';
import { type Found, searchAll } from './search-all.ts';

const subscriptionSchema = z.object({
  processDefinitionKey: z.string().nullish(),
  messageSubscriptionType: z.string().nullish(),
});

/**
 * The keys of the definitions in whose instances somebody waits for a message.
 *
 * `CORRELATED` counts as waiting: a non-interrupting element waits on after its first message. `MIGRATED`
 * is the state of those that came over from another version. Only `DELETED` is surely over. Clusters of 8.8
 * cannot filter by definition, so the keys are read from what is found; it may be missing there. Message
 * start events subscribe too: they are told by the latest version, and left out here.
 */
export async function listWaitingKeys(
  rest: RestClient,
  signal: AbortSignal,
): Promise<Found<string>> {
  const states = ['CREATED', 'CORRELATED', 'MIGRATED'];
  const search = {
    path: '/message-subscriptions/search',
    filter: { messageSubscriptionState: { $in: states } },
    item: subscriptionSchema,
  };
  const { items, isComplete } = await searchAll(rest, search, signal);
  const keys = items
    .filter(({ messageSubscriptionType }) => messageSubscriptionType !== 'START_EVENT')
    .map(({ processDefinitionKey }) => processDefinitionKey)
    .filter((key) => typeof key === 'string');
  return { items: [...new Set(keys)], isComplete };
}
