import type { CodePurpose } from './codes.ts';

/** One message on its way to a person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The code in the text once more, for scripts. */
  readonly code: string;
  readonly sentAtMs: number;
}

export interface DeliveredMail extends Mail {
  /** Counts up from 1 while any mail is kept. */
  readonly id: number;
}

export type DeliverMail = (mail: Mail) => void | Promise<void>;

export const composeCodeMail = (purpose: CodePurpose, to: string, code: string, sentAtMs: number): Mail => ({
  to,
  code,
  sentAtMs,
  ...WORDING[purpose](code),
});

const WORDING: Readonly<Record<CodePurpose, (code: string) => Pick<Mail, 'subject' | 'text'>>> = {
  'sign-up': (code) => ({
    subject: 'Confirm your email address',
    text: `Your code for FinTrack AI is ${code}. It is good for 24 hours.`,
  }),
  'reset-password': (code) => ({
    subject: 'Choose a new password',
    text: `Your code to choose a new password for FinTrack AI is ${code}. It is good for one hour. If you did not ask for it, ignore this mail.`,
  }),
};

/** As Cognito shows it in CodeDeliveryDetails: first letters only. */
export const maskEmail = (email: string): string => email.replace(/^(.)[^@]*@(.).*$/, '$1***@$2***');
