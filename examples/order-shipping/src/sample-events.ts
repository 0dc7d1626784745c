/** What a shop puts on its bus, apart from the envelope. */
export interface SampleEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

/** Starts the process. The shipment number is what the second event will be correlated by. */
export const orderCreated: SampleEvent = {
  source: 'custom.application',
  detailType: 'MyEvent',
  detail: {
    event: 'order_created',
    customer_id: '12345',
    order_total: 100.5,
    shipment: '123456789',
  },
};

/** Completes the process that waits for this shipment. */
export const shipmentReceived: SampleEvent = {
  source: 'custom.application',
  detailType: 'MyEvent',
  detail: { shipment: '123456789', status: 'received' },
};
