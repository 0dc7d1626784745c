export type { Camunda8Settings } from './configuration/camunda8-settings.ts';
export {
  type Environment,
  optionsFromEnvironment,
} from './configuration/options-from-environment.ts';
export { type Camunda8, type Camunda8Options, createCamunda8 } from './create-camunda8.ts';
export type { ClusterFinding } from './examine/cluster-finding.ts';
export { type ExamineClusterOptions, examineCluster } from './examine/examine-cluster.ts';
