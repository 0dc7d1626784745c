import { describeStep } from '../dead-letters/describe-step.ts';
import { describeAnswer } from './describe-answer.ts';
import type { DryRun } from './dry-run.ts';

/** A dry run for a person: what each step decides, and what the sender would be told. */
export const describeDryRun = ({ webhookId, steps, answer }: DryRun): string =>
  [
    `Webhook ${webhookId}: nothing was sent`,
    ...steps.flatMap(describeStep),
    '',
    'The sender would be told',
    describeAnswer(answer),
  ].join('\n');
