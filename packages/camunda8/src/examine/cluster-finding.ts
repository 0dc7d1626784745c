/** What was found out about a part of the way to a cluster. */
export interface ClusterFinding {
  readonly part: 'token' | 'gateway' | 'partitions' | 'jobs' | 'REST API';
  /** `bad`: work will fail. `doubtful`: it may, or some of it. */
  readonly status: 'good' | 'doubtful' | 'bad';
  readonly text: string;
  /** What to do about it; empty where nothing is to be done. */
  readonly fix: string;
}

/** It is as it should be. */
export const good = (part: ClusterFinding['part'], text: string): ClusterFinding => ({
  part,
  status: 'good',
  text,
  fix: '',
});
