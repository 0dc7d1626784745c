/** `broker`: durable, gRPC and REST. `engine`: in memory, gRPC alone, newer and quick to start. */
export type ZeebeKind = 'broker' | 'engine';
