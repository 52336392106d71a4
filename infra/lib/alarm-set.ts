import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface AlarmSpec {
  /** Anchor of its section in docs/runbook.md. Alarms of several tables share one. */
  readonly section: string;
  /** Completes the id where a section has several alarms. */
  readonly of?: string;
  /** One sentence: what somebody using the app notices. */
  readonly effect: string;
  readonly metric: IMetric;
  /** It goes off above this value. */
  readonly above: number;
  /** Periods of the metric in a row; one if left out. */
  readonly periods?: number;
}

export const alarmPeriod = Duration.minutes(5);

/** Alarms that tell a topic when they go off and when they are over, each naming the page that says what to do. */
export class AlarmSet extends Construct {
  readonly #alarms: Alarm[] = [];
  readonly #topic: ITopic;

  constructor(scope: Construct, id: string, topic: ITopic) {
    super(scope, id);
    this.#topic = topic;
  }

  get alarms(): readonly Alarm[] {
    return this.#alarms;
  }

  add({ section, of = '', effect, metric, above, periods = 1 }: AlarmSpec): void {
    const alarm = new Alarm(this, `${section}${of && `-${of}`}`, {
      alarmDescription: `${effect} What to do: docs/runbook.md#${section}`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      // No traffic is no fault.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(this.#topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    this.#alarms.push(alarm);
  }
}
