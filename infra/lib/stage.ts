import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** What differs between the deployments of one and the same application. */
export interface Stage {
  readonly name: 'dev' | 'prod';
  readonly region: string;
  /** In prod the things that hold people's ledgers outlive their stack and cannot be deleted by mistake. */
  readonly keepsData: boolean;
  readonly logRetention: RetentionDays;
  /** Requests a second over all users, and the burst above it, before API Gateway answers 429. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
  /** How long one visitor's browser must insist on HTTPS. */
  readonly strictTransport: Duration;
}

const region = 'eu-west-1';

export const stages: Readonly<Record<Stage['name'], Stage>> = {
  dev: {
    name: 'dev',
    region,
    keepsData: false,
    logRetention: RetentionDays.ONE_WEEK,
    throttle: { rateLimit: 20, burstLimit: 40 },
    strictTransport: Duration.days(1),
  },
  prod: {
    name: 'prod',
    region,
    keepsData: true,
    logRetention: RetentionDays.THREE_MONTHS,
    throttle: { rateLimit: 200, burstLimit: 400 },
    strictTransport: Duration.days(365),
  },
};

export function removalPolicyOf(stage: Stage): RemovalPolicy {
  return stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
