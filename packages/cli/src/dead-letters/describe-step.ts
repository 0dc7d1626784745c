/** What a step of a delivery decides. */
export interface DescribedStep {
  readonly step: string;
  readonly decision: string;
  readonly value?: unknown;
  readonly reason?: string | undefined;
}

/** Lines for a person: what a step decides, why, and on which value. */
export const describeStep = ({
  step,
  decision,
  value,
  reason,
}: DescribedStep): readonly string[] => [
  `  ${step.padEnd(16)} ${decision}`,
  ...(reason === undefined ? [] : [`  ${''.padEnd(16)} ${reason}`]),
  ...(value === undefined ? [] : [`  ${''.padEnd(16)} ${JSON.stringify(value)}`]),
];
