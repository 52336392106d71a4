/**
 * Grows when an old program could not understand a message at all.
 *
 * 2 brought snapshots: `reset` and `checkpoint` in answers, `checkpoint`, `want` and `avoid` in requests.
 */
export const protocolVersion = 2;
/** The first protocol whose devices understand a `reset`; older ones are served entries, from archives too. */
export const snapshotProtocol = 2;
/**
 * Grows when record kinds or fields are added; older programs carry what they do not know (F9).
 *
 * 2 brought the forecast of one category, and its interval.
 */
export const schemaVersion = 2;
