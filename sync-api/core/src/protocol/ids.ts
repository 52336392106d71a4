import type { CalendarDate, CalendarMonth } from './calendar-date.ts';
import { uuidV5 } from './hash.ts';

/** A copy of the ledger that numbers its own changes: one browser profile. 16 lower-case hex digits, drawn at random. */
export type ReplicaId = string;
/** Whose log it is: the account's `sub`. */
export type SpaceId = string;
/** A lower-case UUID: random for what a person makes, version 5 for what two devices may make alike. */
export type RecordId = string;
/** `kind/id`: one record among all kinds. */
export type RecordKey = string;
/** `replica:number:mark` of a change's first stamping, or the UUID of a server's write. */
export type Identity = string;

export const isUuid = (text: unknown): text is string =>
  typeof text === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
export const isReplicaId = (text: unknown): text is ReplicaId =>
  typeof text === 'string' && /^[0-9a-f]{16}$/.test(text);

export const recordKey = (kind: string, id: RecordId): RecordKey => `${kind}/${id}`;
export const kindOfKey = (key: RecordKey): string => key.slice(0, key.indexOf('/'));
export const idOfKey = (key: RecordKey): RecordId => key.slice(key.indexOf('/') + 1);

/** FinTrack's own namespace for derived ids, itself a version 5 UUID of the DNS name fintrack.ai. */
const namespace = uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'fintrack.ai');

/** [F7] Two devices that budget the same category for the same month make one row. */
export const budgetId = (categoryId: RecordId, month: CalendarMonth, currency: string): RecordId =>
  uuidV5(namespace, `budget ${categoryId} ${month} ${currency}`);

/** [F7] Two devices that generate the same occurrence of a recurring entry make one row. */
export const occurrenceId = (templateId: RecordId, date: CalendarDate): RecordId =>
  uuidV5(namespace, `occurrence ${templateId} ${date}`);

/** [F7] The categories every ledger starts with. */
export const builtInCategoryId = (slug: string): RecordId => uuidV5(namespace, `category ${slug}`);

/** The category of money moved between a person's own accounts, such as paying a card's bill: nothing is spent by it. */
export const transfersCategoryId: RecordId = builtInCategoryId('transfers');

/** The one profile of a space. */
export const profileId: RecordId = uuidV5(namespace, 'profile');

export const settingId = (name: string): RecordId => uuidV5(namespace, `setting ${name}`);
