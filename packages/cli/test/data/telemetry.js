// Telemetry of a user: says on standard output what it is told.
export const createTelemetry = () => ({
  delivery: ({ endpoint, outcome }) => process.stdout.write(`own: ${endpoint} ${outcome}\n`),
});
