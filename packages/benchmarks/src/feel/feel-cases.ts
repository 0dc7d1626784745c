/** Expressions as they stand in models, one of each use. */
export const feelCases: readonly { readonly name: string; readonly source: string }[] = [
  {
    name: 'activation condition',
    source:
      'get value(request.body, "detail-type") = "MyEvent" and request.body.detail.amount > 100',
  },
  { name: 'correlation key', source: 'request.body.detail.orderId' },
  { name: 'token locator', source: 'split(request.headers.authorization, " ")[2]' },
  {
    name: 'result expression',
    source: `{
      orderId: request.body.detail.orderId,
      dear: request.body.detail.items[price > 10].sku,
      total: sum(for i in request.body.detail.items return i.qty * i.price)
    }`,
  },
  {
    name: 'error expression',
    source:
      'if error.code = "THROTTLED" then jobError("Throttled: " + error.message, {code: error.code}, job.retries - 1, @"PT10S") else null',
  },
];

/** What connectors evaluate on; the body is about so many bytes long as JSON. */
export function feelScope(bytes: number): Record<string, unknown> {
  const detail = {
    orderId: 'o-1',
    amount: 129.95,
    items: [
      { sku: 'A-1', qty: 2, price: 10.5 },
      { sku: 'B-2', qty: 1, price: 108.95 },
      { sku: 'C-3', qty: 5, price: 0.01 },
    ],
  };
  const event = { id: '6a7e8feb', 'detail-type': 'MyEvent', source: 'com.acme.orders', detail };
  const item = { sku: 'X-0', qty: 1, price: 1.5, note: 'not read by any of the expressions' };
  const room = bytes - JSON.stringify(event).length;
  const rest = Array.from({ length: Math.max(1, Math.floor(room / 75)) }, () => ({ ...item }));
  return {
    request: { body: { ...event, rest }, headers: { authorization: 'Bearer abc.def.ghi' } },
    error: { code: 'THROTTLED', message: 'slow down' },
    job: { retries: 3 },
  };
}
