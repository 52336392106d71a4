import { fileURLToPath } from 'node:url';
import type { EnvName } from '@fintrack/sync-api/env-names';
import { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { removalPolicyOf, type Stage } from './stage.ts';

export interface ServiceFunctionProps {
  readonly stage: Stage;
  readonly description: string;
  /** Absolute path of the module that exports `handler`. */
  readonly entry: string;
  readonly timeout?: Duration;
  /** In megabytes; processor time grows with it. */
  readonly memorySize?: number;
}

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** API Gateway gives a caller its answer within 30 s or none; a function that ends a second earlier can still say why. */
const answerTimeout = Duration.seconds(29);

/** One of our Lambda functions: a single bundled ES module with its own log group. It starts with no permission at all. */
export class ServiceFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: props.stage.logRetention,
      removalPolicy: removalPolicyOf(props.stage),
    });
    // Lambda's usual managed policy would let it write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      role,
      logGroup,
      description: props.description,
      entry: props.entry,
      projectRoot: repositoryRoot,
      depsLockFilePath: `${repositoryRoot}package-lock.json`,
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      // CPU grows with memory; decompressing and folding a full batch is CPU, and below this it shows in the answer time.
      memorySize: props.memorySize ?? 1024,
      timeout: props.timeout ?? answerTimeout,
      loggingFormat: LoggingFormat.JSON,
      bundling: {
        format: OutputFormat.ESM,
        target: 'node22',
        minify: true,
        // Errors are told apart by their names in the logs.
        keepNames: true,
        mainFields: ['module', 'main'],
        // The SDK that was tested is the one deployed, not whichever the runtime carries that week.
        bundleAwsSDK: true,
        // Parts of the SDK are CommonJS and call require, which an ES module has not.
        banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
      },
    });
  }

  /** Takes only names that a handler reads, so that neither side can misspell one. */
  override addEnvironment(name: EnvName, value: string): this {
    return super.addEnvironment(name, value);
  }
}
