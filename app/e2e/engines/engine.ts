/** A browser engine that Playwright does not drive here. */
export type Engine = {
  readonly name: string;
  readonly open: (options: OpenOptions) => Promise<EngineBrowser>;
};

export type OpenOptions = {
  /** Where the browser keeps everything; reopened after a kill. */
  readonly profileDir: string;
  /** A private window: nothing of it is kept. */
  readonly isPrivate?: boolean;
  /** All that sites may keep together; what the browser itself allows if left out. */
  readonly quotaKilobytes?: number;
};

export type EngineBrowser = {
  readonly newTab: (url: string) => Promise<EngineTab>;
  /** kill -9: nothing is flushed. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** kill -9 of the process that keeps the databases, where it is one of its own. */
  readonly killStorage?: () => Promise<void>;
};

export type EngineTab = {
  readonly goto: (url: string) => Promise<void>;
  /** What an expression of the page's language comes to there, awaited; JSON. */
  readonly read: <T>(expression: string) => Promise<T>;
  /** Presses the element that the expression finds; rejects while it finds none. */
  readonly click: (expression: string) => Promise<void>;
  /** Types over what is in the field that the expression finds. */
  readonly fill: (expression: string, text: string) => Promise<void>;
};
