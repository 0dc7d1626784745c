import { createServer } from 'node:http';
import type { BenchServer } from '../bench-server.ts';

/** The floor: node:http that reads the body, parses it and answers. Nothing is stored. */
export async function bareNode(): Promise<BenchServer> {
  let taken = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString('utf8'));
      taken++;
      response.writeHead(200, { 'content-length': 0 }).end();
    });
  });
  return { server, taken: () => taken, close: async () => {} };
}
