import {
  type EventBridgePlace,
  type EventBridgeReport,
  examineEventBridge,
} from '@bpmn-connectors/eventbridge/outbound';
import { eventBridgeOptions } from '../serve/create-connectors.ts';
import type { PlanDraft } from '../serve/draft-plan.ts';
import { type CheckResult, fail, ok, warn } from './check-result.ts';
import { findPlaces } from './find-places.ts';
import { judgeClock } from './judge-clock.ts';

const fixes: Readonly<Record<string, string>> = {
  REGION_MISSING: 'Set AWS_REGION, or name it with --aws-region or in the model',
  CREDENTIALS_UNAVAILABLE:
    'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE, or give the machine a role',
  ENDPOINT_REFUSED: 'Take the endpoint out of the model, or set --aws-allow-model-endpoints',
};

function judgeBus(
  { name, verdict, reason }: EventBridgeReport['buses'][number],
  region: string,
): CheckResult {
  const what = `event bus ${name} in ${region}`;
  if (verdict === 'exists') return ok(what);
  if (verdict === 'missing')
    return fail(
      what,
      'there is no such bus: events would be lost',
      'Create it, or correct its name',
    );
  if (verdict === 'forbidden')
    return warn(
      what,
      'we may not ask whether it exists: a wrong name would go unnoticed',
      'Grant events:DescribeEventBus',
    );
  return reason === undefined
    ? warn(what, 'it is of another account or region: AWS does not tell', 'See to it there')
    : fail(what, reason, 'Correct the credentials or region, or look at the network');
}

function judge({ region = '', accessKeyEnd = '', buses, problem }: EventBridgeReport) {
  if (problem !== undefined) {
    const fix = fixes[problem.code] ?? 'Correct the model';
    return [fail('AWS', problem.message, fix)];
  }
  const who = `access key …${accessKeyEnd}`;
  return [ok(`AWS credentials in ${region}`, who), ...buses.map((bus) => judgeBus(bus, region))];
}

/** A place whose buses are all open is asked for the one that every account has. */
const withBus = (place: EventBridgePlace): EventBridgePlace =>
  place.eventBusNames.length > 0 ? place : { ...place, eventBusNames: ['default'] };

/** Asks AWS, where models or the configuration put events: region, credentials, buses, clock. */
export async function checkEventBridge(draft: PlanDraft): Promise<readonly CheckResult[]> {
  const { places, open } = await findPlaces(draft);
  const options = eventBridgeOptions(draft.configuration);
  const reports = await Promise.all(
    places.map((place) => examineEventBridge(withBus(place), options)),
  );
  const [aheadMs] = reports.flatMap(({ clockAheadMs = [] }) => clockAheadMs);
  return [
    ...reports.flatMap(judge),
    ...(aheadMs === undefined ? [] : [judgeClock(aheadMs)]),
    ...open.map((where) => ok(where, 'where events go is known to the job alone: not checked')),
  ];
}
