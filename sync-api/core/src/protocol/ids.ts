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

/**
 * The category of money moved between a person's own accounts, such as paying a card's bill: nothing is spent by it.
 * Written out, as `derived-ids.ts` derives it, so that a program which only reads needs no hashing.
 */
export const transfersCategoryId: RecordId = '870d20d1-0e29-5dd5-989e-ed561fa39301';

/** The one profile of a space; written out for the same reason. */
export const profileId: RecordId = '15f3e4d1-fe06-5d8f-8abe-fb054ace4adf';
