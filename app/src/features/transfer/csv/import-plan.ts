import { fail, ok, type Result } from '@fintrack/sync-core/protocol';
import { decodeBytes } from './decode-bytes.ts';
import { findDuplicates } from './duplicates.ts';
import { otherFileOfBytes } from './file-kind.ts';
import { guessMapping, type MappingOptions } from './guess-mapping.ts';
import type { Mapping } from './mapping.ts';
import { type CsvFileError, type CsvTable, readTable } from './read-table.ts';
import { type CsvEntry, type RefusedRow, rowsToEntries } from './rows-to-entries.ts';

export type ImportOptions = MappingOptions & {
  /** The ledger's entries by `likenessKey`, from `countLikenesses`. */
  readonly existing?: ReadonlyMap<string, number>;
};

/** All that a preview shows and an import stores. `table.rows.length` is entries and refused together. */
export type ImportPlan = {
  readonly table: CsvTable;
  readonly mapping: Mapping;
  readonly entries: readonly CsvEntry[];
  readonly refused: readonly RefusedRow[];
  /** Lines of entries that the ledger seems to have already. */
  readonly duplicateLines: ReadonlySet<number>;
};

/** A bank's file of 200,000 rows has about 20 MB; beyond that a tab on a phone runs out of memory. */
export const fileSizeBytesMax = 32_000_000;

/** Reads a file into a plan. Nothing is stored. Fails only for a file that is no table of bookings. */
export const planImport = (bytes: Uint8Array, options: ImportOptions): Result<ImportPlan, CsvFileError> => {
  if (bytes.length > fileSizeBytesMax) return fail({ type: 'tooLarge', sizeBytesMax: fileSizeBytesMax });
  const other = otherFileOfBytes(bytes);
  if (other) return fail({ type: 'otherFile', looksLike: other });
  const { text, encoding } = decodeBytes(bytes);
  const table = readTable(text, encoding);
  return table.ok ? ok(replan(table.value, guessMapping(table.value, options), options)) : table;
};

/** The plan with a mapping that the person has changed. */
export const replan = (table: CsvTable, mapping: Mapping, options: ImportOptions): ImportPlan => {
  const { entries, refused } = rowsToEntries(table, mapping, options.homeCurrency);
  const likenesses = entries.map((entry) => ({
    ...entry,
    text: entry.kind === 'income' ? entry.source : entry.description,
  }));
  const duplicates = findDuplicates(likenesses, options.existing ?? new Map());
  return {
    table,
    mapping,
    entries,
    refused,
    duplicateLines: new Set(entries.filter((_, position) => duplicates.has(position)).map(({ line }) => line)),
  };
};
