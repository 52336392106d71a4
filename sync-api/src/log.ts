import { type RefusalType, refusals } from '@fintrack/sync-core/protocol';

/** What may be logged of a request or a run: counts, durations, and names that this program or the SDK chose. */
export type LogFields = {
  readonly requestId?: string;
  readonly function?: FunctionName;
  /** A token's `sub`: an opaque id, and the only thing that tells whose ledger it was. */
  readonly space?: string;
  readonly status?: number;
  readonly refusal?: RefusalType;
  readonly durationMs?: number;
  readonly requestSizeBytes?: number;
  readonly responseSizeBytes?: number;
  readonly applied?: number;
  readonly rowsWritten?: number;
  readonly spaces?: number;
  readonly failed?: number;
  readonly isDone?: boolean;
  readonly snapshotAt?: number;
  readonly rowsRepaired?: number;
  readonly floor?: number;
};

export const functionNames = ['sync', 'history', 'account', 'advice', 'materialise', 'post-confirmation'] as const;
export type FunctionName = (typeof functionNames)[number];

/** Every message there is: a free text would be a place for a description. */
export const messages = [
  'request answered',
  'request failed',
  'space caught up',
  'space lags',
  'space failed',
  'sweep ended',
  'user registered',
  'space kept up',
  'upkeep failed',
  'deletions finished',
  'deletion failed',
  'digest differs',
  'advice folds the log',
] as const;
export type Message = (typeof messages)[number];

/** Counted in CloudWatch, namespace `FinTrack`, dimension `Function`. */
export const metricNames = [
  'ChangesAccepted',
  'ChangesRejected',
  'EntriesServed',
  'RowsWritten',
  'SpacesFailed',
  'DigestsDiffering',
  'SnapshotsFailed',
  'ComparisonsFailed',
  'CompactionsFailed',
  'RowsRepaired',
  'DeletionsOverdue',
] as const;
export type MetricName = (typeof metricNames)[number];
export type Metrics = { readonly [name in MetricName]?: number };

export type Logger = {
  info(message: Message, fields: LogFields): void;
  /** Of `error` only its class and code positions are written, and of its causes: a message may quote what was sent. */
  error(message: Message, error: unknown, fields: LogFields): void;
  /** One line in CloudWatch's embedded metric format; zeros are left out. */
  count(metrics: Metrics): void;
};

export type LoggerOptions = {
  readonly function: FunctionName;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Takes one line without its end. */
  readonly write: (line: string) => void;
};

/** JSON lines. What no list here allows is not written, whatever a caller hands over. */
export const createLogger = ({ function: name, now, write }: LoggerOptions): Logger => {
  const line = (level: string, message: Message, fields: object, error: object): void =>
    write(
      JSON.stringify({
        level,
        message: messages.includes(message) ? message : 'unlisted message',
        function: name,
        at: now(),
        ...allowed(fields),
        ...error,
      }),
    );
  return {
    info: (message, fields) => line('info', message, fields, {}),
    error: (message, error, fields) => line('error', message, fields, { error: causesOf(error) }),
    count: (metrics) => {
      const counted = metricNames.flatMap((metric): [MetricName, number][] => {
        const value = metrics[metric];
        return isCount(value) && value > 0 ? [[metric, value]] : [];
      });
      if (counted.length > 0) write(JSON.stringify(embeddedMetrics(name, now(), counted)));
    },
  };
};

/** Lambda sends both streams of the process to CloudWatch; standard output stays free for a local server's own answer. */
export const writeLogLine = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const embeddedMetrics = (name: FunctionName, timestamp: number, counted: readonly [MetricName, number][]): object => ({
  _aws: {
    Timestamp: timestamp,
    CloudWatchMetrics: [
      {
        Namespace: 'FinTrack',
        Dimensions: [['Function']],
        Metrics: counted.map(([metric]) => ({ Name: metric, Unit: 'Count' })),
      },
    ],
  },
  Function: name,
  ...Object.fromEntries(counted),
});

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
/** Ids: of a request, of a space. Too narrow for an address, a token or a sentence. */
const isOpaqueId = (value: unknown): boolean => typeof value === 'string' && /^[\w=-]{1,64}$/.test(value);
const isRefusal = (value: unknown): boolean => typeof value === 'string' && Object.hasOwn(refusals, value);

const checks: { readonly [field in keyof Required<LogFields>]: (value: unknown) => boolean } = {
  requestId: isOpaqueId,
  function: (value) => functionNames.some((known) => known === value),
  space: isOpaqueId,
  status: isCount,
  refusal: isRefusal,
  durationMs: isCount,
  requestSizeBytes: isCount,
  responseSizeBytes: isCount,
  applied: isCount,
  rowsWritten: isCount,
  spaces: isCount,
  failed: isCount,
  isDone: (value) => typeof value === 'boolean',
  snapshotAt: isCount,
  rowsRepaired: isCount,
  floor: isCount,
};

const allowed = (fields: object): object =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) => Object.hasOwn(checks, field) && checks[field as keyof LogFields](value),
    ),
  );

const causesMax = 3;
const framesMax = 8;

type Cause = { readonly name: string; readonly frames: readonly string[] };

const causesOf = (error: unknown): readonly Cause[] => {
  const causes: Cause[] = [];
  for (let cause = error; cause instanceof Error && causes.length < causesMax; cause = cause.cause) {
    causes.push({ name: /^[A-Za-z]{1,64}$/.test(cause.name) ? cause.name : 'Error', frames: framesOf(cause) });
  }
  return causes.length > 0 ? causes : [{ name: typeof error, frames: [] }];
};

/** `file:line:column` of each call; neither the message at the head of a stack nor anything quoted in it. */
const framesOf = (error: Error): readonly string[] => {
  const stack = error.stack ?? '';
  const calls = stack.startsWith(`${error.name}: ${error.message}`)
    ? stack.slice(error.name.length + 2 + error.message.length)
    : stack.slice(stack.lastIndexOf(error.message) + error.message.length);
  return calls
    .split('\n')
    .flatMap((call) => /^ {4}at .*?([\w.-]+:\d+:\d+)\)?$/.exec(call)?.[1] ?? [])
    .slice(0, framesMax);
};
