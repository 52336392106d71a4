import { envNames } from '@fintrack/sync-api/env-names';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Stage } from '../lib/stage.ts';
import { resourcesOf, statementsOf } from './resources.ts';
import { synthesize, type Templates } from './synthesize.ts';

describe.each<Stage['name']>(['dev', 'prod'])('the stacks of %s', (stage) => {
  let templates: Templates;
  // Synthesizing rejects if the offline validation has any finding.
  beforeAll(() => {
    templates = synthesize(stage, { validate: true });
  }, 120_000);

  it('give the functions only variables that a handler reads', () => {
    const known = new Set<string>(Object.values(envNames));
    const given = ownFunctions().flatMap((properties) => Object.keys(properties.Environment?.Variables ?? {}));
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((name) => !known.has(name))).toEqual([]);
  });

  it('grant no function an action on everything, or every action on a thing', () => {
    const statements = [...statementsOf(templates.api, ''), ...statementsOf(templates.auth, '')];
    expect(statements.length).toBeGreaterThan(0);
    for (const { Action, Resource } of statements) {
      expect([Resource].flat()).not.toContain('*');
      expect([Action].flat().join()).not.toContain('*');
    }
  });

  it('keep every log for a bounded time', () => {
    const groups = Object.values(templates).flatMap((template) =>
      Object.values(resourcesOf(template, 'AWS::Logs::LogGroup')),
    );
    expect(groups).toHaveLength(8);
    for (const { RetentionInDays } of groups) expect(RetentionInDays).toBe(stage === 'prod' ? 90 : 7);
  });

  it('output the address, and the ids that the app needs', () => {
    const outputs = Object.values(templates).flatMap((template) => Object.keys(template.toJSON().Outputs ?? {}));
    expect(outputs).toEqual(expect.arrayContaining(['Url', 'UserPoolId', 'UserPoolClientId', 'AlarmTopicArn']));
  });

  function ownFunctions() {
    const inStacks = [templates.api, templates.auth].map((template) => resourcesOf(template, 'AWS::Lambda::Function'));
    return inStacks.flatMap((functions) => Object.values(functions));
  }
});
