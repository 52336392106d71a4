import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { resourcesOf } from './resources.ts';
import { synthesize, type Templates } from './synthesize.ts';

let dev: Templates;
beforeAll(() => {
  dev = synthesize('dev');
}, 120_000);

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

describe('the alarms', () => {
  it('each name a section of the runbook, and each section has its alarm', () => {
    const linked = alarms().map(({ AlarmDescription }) => /docs\/runbook\.md#([a-z-]+)$/.exec(AlarmDescription)?.[1]);
    const headings = [...runbook.matchAll(/^## ([a-z-]+)$/gm)].map(([, heading]) => heading);
    expect(new Set(linked)).toEqual(new Set(headings));
  });

  it('tell the topic when they go off and when they are over, and are quiet without traffic', () => {
    for (const alarm of alarms()) {
      expect(alarm.AlarmActions).toHaveLength(1);
      expect(alarm.OKActions).toEqual(alarm.AlarmActions);
      expect(alarm.TreatMissingData).toBe('notBreaching');
    }
  });

  it('watch every table for refusals and failures', () => {
    const watched = Object.keys(resourcesOf(dev.watch, 'AWS::CloudWatch::Alarm'));
    for (const table of ['Users', 'Expenses', 'Income', 'Budgets', 'Advice', 'SyncLog', 'SyncState']) {
      expect(watched.filter((id) => id.includes(`throttles${table}`))).toHaveLength(1);
      expect(watched.filter((id) => id.includes(`systemerrors${table}`))).toHaveLength(1);
    }
  });
});

describe('the dashboard', () => {
  it('shows every alarm', () => {
    const [dashboard] = Object.values(resourcesOf(dev.watch, 'AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard?.DashboardBody);
    for (const id of Object.keys(resourcesOf(dev.watch, 'AWS::CloudWatch::Alarm'))) expect(body).toContain(id);
  });
});

function alarms() {
  return Object.values(resourcesOf(dev.watch, 'AWS::CloudWatch::Alarm'));
}
