import type { App, StackProps } from 'aws-cdk-lib';
import { type ApiEntry, ApiStack } from './api-stack.ts';
import { AuthStack } from './auth-stack.ts';
import { DataStack } from './data-stack.ts';
import type { Stage } from './stage.ts';
import { WatchStack } from './watch-stack.ts';
import { WebStack } from './web-stack.ts';

export interface FinTrackProps {
  readonly stage: Stage;
  /** Paths of the modules that export each function's handler. */
  readonly entries: Readonly<Record<ApiEntry | 'postConfirmation', string>>;
  /** The app's build output, once there is one. */
  readonly siteDir?: string;
}

export interface FinTrackStacks {
  readonly data: DataStack;
  readonly auth: AuthStack;
  readonly api: ApiStack;
  readonly web: WebStack;
  readonly watch: WatchStack;
}

/** Adds every stack of one stage. What holds state comes first and never depends on what does not. */
export function addFinTrack(app: App, { stage, entries, siteDir }: FinTrackProps): FinTrackStacks {
  const stackProps = (part: string): StackProps & { stage: Stage } => ({
    stage,
    stackName: `fintrack-${stage.name}-${part.toLowerCase()}`,
    // Only the region: the account is whichever the deployer's credentials belong to.
    env: { region: stage.region },
    tags: { application: 'fintrack', stage: stage.name },
  });
  const data = new DataStack(app, 'Data', stackProps('Data'));
  const auth = new AuthStack(app, 'Auth', { ...stackProps('Auth'), data, entry: entries.postConfirmation });
  const api = new ApiStack(app, 'Api', { ...stackProps('Api'), data, auth, entries });
  const web = new WebStack(app, 'Web', { ...stackProps('Web'), auth, api: api.api, siteDir });
  const watch = new WatchStack(app, 'Watch', { ...stackProps('Watch'), data, auth, api });
  return { data, auth, api, web, watch };
}
