import assert from 'node:assert/strict';
import type { InboundSnapshot } from '@bpmn-connectors/sdk';
import { defineCase } from '../case-definition.ts';
import { eventually } from '../eventually.ts';
import { writeBpmn } from '../write-bpmn.ts';
import { messageProcess } from './sample-process.ts';

/** A process whose message start event has an inbound connector. */
const inboundModel = (processId: string, webhookId: string): string =>
  writeBpmn(messageProcess(processId, `${processId}-message`)).replace(
    '<bpmn:messageEventDefinition',
    `<bpmn:extensionElements><zeebe:properties>
      <zeebe:property name="inbound.type" value="io.example:inbound:1" />
      <zeebe:property name="inbound.context" value="${webhookId}" />
    </zeebe:properties></bpmn:extensionElements><bpmn:messageEventDefinition`,
  );

/** Cases about telling which inbound elements there are. */
export const inboundSourceCases = [
  defineCase(
    'watchInbound tells the full set first, and again after every change',
    { roles: ['watchInbound', 'deploy'], process: false },
    async (runtime, { unique }) => {
      const [processId, webhookId] = [unique('watched'), unique('hook')];
      const before = unique('before');
      await runtime.deploy([
        { name: 'before.bpmn', content: inboundModel(before, unique('hook')) },
      ]);
      const stop = new AbortController();
      const snapshots: InboundSnapshot[] = [];
      let active = 0;
      const watching = runtime.watchInbound(async (snapshot) => {
        assert.equal(++active, 1, 'one call at a time');
        snapshots.push(snapshot);
        await new Promise((resume) => setTimeout(resume, 20));
        active--;
      }, stop.signal);
      const find = (id: string) =>
        eventually(`a snapshot with ${id}`, async () =>
          snapshots.at(-1)?.elements.find((element) => element.processId === id),
        );
      await find(before);
      assert.ok(
        snapshots[0]?.elements.some((element) => element.processId === before),
        'the first snapshot is the full set',
      );
      const deploy = (id: string) =>
        runtime.deploy([{ name: `${processId}.bpmn`, content: inboundModel(processId, id) }]);
      const [deployed] = await deploy(webhookId);
      const element = await find(processId);
      assert.equal(element.properties['inbound.context'], webhookId);
      assert.equal(element.elementType, 'messageStartEvent');
      assert.equal(element.message?.name, `${processId}-message`);
      assert.equal(element.version, deployed?.version);
      assert.equal(element.processDefinitionKey, deployed?.processDefinitionKey);
      assert.ok(
        snapshots.at(-1)?.elements.some((other) => other.processId === before),
        'a later snapshot is a full set as well',
      );
      const [next] = await deploy(unique('hook'));
      await eventually('the new version alone', async () => {
        const versions = (snapshots.at(-1)?.elements ?? [])
          .filter((candidate) => candidate.processId === processId)
          .map(({ version }) => version);
        return versions.length === 1 && versions[0] === next?.version ? versions : undefined;
      });
      const revisions = snapshots.map(({ revision }) => revision);
      assert.deepEqual(
        revisions,
        [...new Set(revisions)].sort((a, b) => a - b),
      );
      stop.abort();
      await watching;
    },
  ),
];
