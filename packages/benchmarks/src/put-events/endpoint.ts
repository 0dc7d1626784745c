import { createServer } from 'node:http';
import { z } from 'zod';

// A process of its own: takes whatever PutEvents sends and answers at once. Tells its port, then on
// request how many entries it has taken.
const RequestSchema = z.object({ Entries: z.array(z.unknown()).optional() });

let taken = 0;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { Entries = [] } = RequestSchema.parse(
      JSON.parse(Buffer.concat(chunks).toString('utf8')),
    );
    taken += Entries.length;
    const results = Entries.map(() => ({ EventId: '0dcd8361-d287-b9eb-bbb2-a2512851c2bf' }));
    const body = JSON.stringify({ FailedEntryCount: 0, Entries: results });
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.1',
      'content-length': Buffer.byteLength(body),
      'x-amzn-requestid': '929bf054-193b-48e6-ab80-3aeeb613b415',
    });
    response.end(body);
  });
});
process.on('message', (message) => {
  if (message === 'taken') process.send?.({ taken });
});
process.once('disconnect', () => {
  server.close();
  server.closeAllConnections();
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
