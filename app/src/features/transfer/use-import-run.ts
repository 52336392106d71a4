import { useRef, useState } from 'react';
import type { ImportRow, Progress, SaveError } from '../../model/ledger.ts';
import { useServices } from '../../model/services-context.tsx';

export type ImportState =
  | { readonly type: 'idle' }
  | { readonly type: 'running'; readonly progress: Progress }
  | { readonly type: 'failed'; readonly error: SaveError }
  | { readonly type: 'done'; readonly count: number };

/**
 * One import of one file. Trying again with the same rows goes on under the same id, so that nothing is doubled. Were
 * they changed meanwhile, as by reading a column otherwise, what had come in is taken back first: its lines are made once.
 */
export const useImportRun = (file: File) => {
  const services = useServices();
  const [importId, setImportId] = useState(() => services.newId());
  // What was tried under that id, as text.
  const tried = useRef<string>(undefined);
  const [state, setState] = useState<ImportState>({ type: 'idle' });
  const importAs = async (rows: readonly ImportRow[]) => {
    const { ledger } = services;
    const text = JSON.stringify(rows);
    let id = importId;
    if (tried.current !== undefined && tried.current !== text) {
      const undone = await ledger.undoImport(id, () => undefined);
      if (!undone.ok) return undone;
      id = services.newId();
      setImportId(id);
    }
    tried.current = text;
    return ledger.importRows({ importId: id, fileName: file.name, fileSizeBytes: file.size, rows }, onProgress);
  };
  const onProgress = (progress: Progress) => setState({ type: 'running', progress });
  const start = async (rows: readonly ImportRow[]) => {
    onProgress({ done: 0, total: rows.length });
    const imported = await importAs(rows);
    setState(imported.ok ? { type: 'done', count: rows.length } : { type: 'failed', error: imported.error });
  };
  return { importId, state, start };
};

export type ImportRun = ReturnType<typeof useImportRun>;
