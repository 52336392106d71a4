import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  AttributeDefinition,
  GlobalSecondaryIndex,
  KeySchemaElement,
  StreamViewType,
} from '@aws-sdk/client-dynamodb';
import { App } from 'aws-cdk-lib';
import { DataStack } from '../../lib/data-stack.ts';
import type { envNameMetadataKey } from '../../lib/data-table.ts';
import { stages } from '../../lib/stage.ts';

/** A CloudFormation template, as far as creating its tables reads it. */
export interface DataTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string } | GlobalTableResource>>;
}

/** The resource that CDK's TableV2 becomes. */
export interface GlobalTableResource {
  readonly Type: 'AWS::DynamoDB::GlobalTable';
  readonly Properties: {
    readonly AttributeDefinitions: AttributeDefinition[];
    readonly KeySchema: KeySchemaElement[];
    readonly GlobalSecondaryIndexes?: Pick<GlobalSecondaryIndex, 'IndexName' | 'KeySchema' | 'Projection'>[];
    readonly StreamSpecification?: { readonly StreamViewType: StreamViewType };
    readonly TimeToLiveSpecification?: { readonly AttributeName: string; readonly Enabled: boolean };
  };
  readonly Metadata: { readonly [envNameMetadataKey]: string };
}

/** Every table of the template with its logical id, which is its name on this machine. */
export function tableResources(template: DataTemplate): readonly (readonly [logicalId: string, GlobalTableResource])[] {
  return Object.entries(template.Resources).flatMap(([id, resource]) => (isTable(resource) ? [[id, resource]] : []));
}

function isTable(resource: { readonly Type: string }): resource is GlobalTableResource {
  return resource.Type === 'AWS::DynamoDB::GlobalTable';
}

/** Synthesizes the data stack in this process: no account, no bundling, about half a second, nothing left on the disk. */
export function synthesizeDataTemplate(): DataTemplate {
  const outdir = mkdtempSync(join(tmpdir(), 'fintrack-data-'));
  try {
    // `npm run synth` validates; here it would only cost every start some seconds.
    const app = new App({
      outdir,
      analyticsReporting: false,
      treeMetadata: false,
      builtinCloudFormationValidation: false,
    });
    const stage = stages.dev;
    const stack = new DataStack(app, 'Data', { stage, env: { region: stage.region } });
    return app.synth().getStackArtifact(stack.artifactId).template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
