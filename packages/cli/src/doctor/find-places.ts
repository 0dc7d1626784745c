import {
  type EventBridgePlace,
  eventBridgeDefinition,
} from '@bpmn-connectors/eventbridge/outbound';
import type { PlanDraft } from '../serve/draft-plan.ts';
import { locationOf } from '../validate/location-of.ts';
import { readWrittenPlace, type WrittenPlace } from './read-written-place.ts';
import { resolveSecrets } from './resolve-secrets.ts';
import { writtenText } from './written-text.ts';

/** Places on EventBridge that events are known to go to. */
export interface FoundPlaces {
  readonly places: readonly EventBridgePlace[];
  /** Elements, for messages, of which only the job knows where their events go. */
  readonly open: readonly string[];
}

type Written = readonly [where: string, place: WrittenPlace | undefined];

async function ofElements({ jobElements, secrets }: PlanDraft): Promise<readonly Written[]> {
  const ours = jobElements.filter(({ type }) => type === eventBridgeDefinition.type);
  const written = ours.map(async (element): Promise<readonly Written[]> => {
    const inputs = await resolveSecrets(element.inputs, secrets);
    return inputs === undefined ? [] : [[locationOf(element), readWrittenPlace(inputs)]];
  });
  return (await Promise.all(written)).flat();
}

function ofTarget({ structure: { forward } }: PlanDraft): readonly Written[] {
  if (forward?.eventBridge === undefined) return [];
  const { region, eventBusName } = forward.eventBridge;
  const bus = writtenText(eventBusName);
  const place: WrittenPlace = {
    authentication: { type: 'defaultCredentialsChain' },
    configuration: region === undefined ? {} : { region },
    eventBusNames: bus === undefined ? [] : [bus],
    hasOpenBuses: bus === undefined,
  };
  return [['forward.eventBridge', place]];
}

/** Finds region, credentials and buses of all elements that put events, and of the configuration's target. */
export async function findPlaces(draft: PlanDraft): Promise<FoundPlaces> {
  const written = [...(await ofElements(draft)), ...ofTarget(draft)];
  const places = new Map<string, EventBridgePlace>();
  for (const [, place] of written) {
    if (place === undefined) continue;
    const { authentication, configuration, eventBusNames } = place;
    const target = { authentication, configuration };
    const key = JSON.stringify(target);
    const known = places.get(key)?.eventBusNames ?? [];
    places.set(key, { ...target, eventBusNames: [...known, ...eventBusNames] });
  }
  return {
    places: [...places.values()],
    open: written.flatMap(([where, place]) => (place?.hasOpenBuses === false ? [] : [where])),
  };
}
