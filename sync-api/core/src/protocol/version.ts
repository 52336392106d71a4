/** Grows when an old program could not understand a message at all. */
export const protocolVersion = 1;
/** Grows when record kinds or fields are added; older programs carry what they do not know (F9). */
export const schemaVersion = 1;
