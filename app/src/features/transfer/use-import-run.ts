import { useRef, useState } from 'react';
import type { ImportRow, Progress, SaveError } from '../../model/ledger.ts';
import { useServices } from '../../model/services-context.tsx';

export type ImportState =
  | { readonly type: 'idle' }
  | { readonly type: 'running'; readonly progress: Progress }
  | { readonly type: 'failed'; readonly error: SaveError }
  | { readonly type: 'done'; readonly count: number };

/** One import of one file. Trying again goes on under the same id, so that nothing is doubled. */
export const useImportRun = (file: File) => {
  const services = useServices();
  const importId = useRef<string>(undefined);
  const [state, setState] = useState<ImportState>({ type: 'idle' });
  const start = async (rows: readonly ImportRow[]) => {
    importId.current ??= services.newId();
    const onProgress = (progress: Progress) => setState({ type: 'running', progress });
    onProgress({ done: 0, total: rows.length });
    const request = { importId: importId.current, fileName: file.name, fileSizeBytes: file.size, rows };
    const imported = await services.ledger.importRows(request, onProgress);
    setState(imported.ok ? { type: 'done', count: rows.length } : { type: 'failed', error: imported.error });
  };
  return { state, start };
};

export type ImportRun = ReturnType<typeof useImportRun>;
