/** Of the schema that `database.ts` declares; a reader that knows another must not read. */
export const databaseVersion = 2;

/** Dexie counts in steps of a tenth. */
export const storedDatabaseVersion = databaseVersion * 10;
