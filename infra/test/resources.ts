import type { Template } from 'aws-cdk-lib/assertions';

/** The properties of every resource of a type, by logical id. */
export function resourcesOf(template: Template, type: string): Readonly<Record<string, ResourceProperties>> {
  return Object.fromEntries(
    Object.entries(template.findResources(type)).map(([id, { Properties }]) => [id, Properties ?? {}]),
  );
}

/** CloudFormation, whose shape the assertions are about, so not typed further. */
// oxlint-disable-next-line typescript/no-explicit-any
export type ResourceProperties = Record<string, any>;

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** The statements of the policy of the role whose logical id begins so. */
export function statementsOf(template: Template, idPrefix: string): readonly Statement[] {
  const policies = Object.entries(resourcesOf(template, 'AWS::IAM::Policy'));
  return policies.filter(([id]) => id.startsWith(idPrefix)).flatMap(([, policy]) => policy.PolicyDocument.Statement);
}

/**
 * What a function may do with tables, as sorted lines such as `Query Expenses/index/user_id-date`; cross-stack references
 * are named after the exported resource.
 */
export function tablePermissions(template: Template, idPrefix: string): readonly string[] {
  const lines = statementsOf(template, idPrefix).flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((resource) => permissionLine(action, resource))),
  );
  return lines.filter((line) => line !== undefined).toSorted();
}

/** What a function may do besides with the bucket of snapshots and the user pool, as sorted lines such as `s3:GetObject texts`. */
export function otherPermissions(template: Template, idPrefix: string): readonly string[] {
  const lines = statementsOf(template, idPrefix).flatMap(({ Action, Resource }) =>
    [Action].flat().map((action) => `${action} ${otherResource(JSON.stringify(Resource))}`),
  );
  return lines.filter((line) => /^(s3|cognito-idp):/.test(line)).toSorted();
}

function otherResource(resource: string): string {
  if (resource.includes('UserPool')) return 'pool';
  if (!resource.includes('Snapshots')) return resource;
  return resource.includes('"/*"') ? 'texts' : 'bucket';
}

function permissionLine(action: string, resource: unknown): string | undefined {
  if (!action.startsWith('dynamodb:')) return undefined;
  const text = JSON.stringify(resource);
  const table = /FnGetAtt([A-Z][A-Za-z]*?)(Stream)?Arn/.exec(text);
  const index = /"(\/index\/[^"]*)"/.exec(text)?.[1] ?? '';
  return `${action.slice('dynamodb:'.length)} ${table?.[1]}${table?.[2] ? ' stream' : ''}${index}`;
}
