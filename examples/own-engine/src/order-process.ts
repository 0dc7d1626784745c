import type { JsonObject } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import type { Process } from './process.ts';

/** An order: asks for its shipment on the event bus, waits until that is received. */
export const orderProcess = (ended: (variables: JsonObject) => void): Process => ({
  id: 'order',
  run: async (order, { job, message }) => {
    const put = await job({
      elementId: 'requestShipment',
      type: 'io.camunda:aws-eventbridge:1',
      retries: 3,
      customHeaders: { resultExpression: '={eventId: response.entries[1].eventId}' },
      variables: {
        authentication: {
          type: 'credentials',
          accessKey: '{{secrets.AWS_ACCESS_KEY}}',
          secretKey: '{{secrets.AWS_SECRET_KEY}}',
        },
        configuration: { region: 'eu-central-1' },
        input: {
          eventBusName: 'default',
          source: 'com.example.own-engine',
          detailType: 'shipment_requested',
          detail: order,
        },
      },
    });
    const received = await message('shipment', z.string().parse(order['orderId']));
    ended({ ...order, ...put, ...received });
  },
});
