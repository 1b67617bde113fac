import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { Library } from '../api/client';
import { formatBytes, formatNumber } from '../app/format';
import { describeLastScan } from '../jobs/words';
import { RemoveLibrary } from './RemoveLibrary';
import { startScan } from './useLibraries';

export function LibraryHeader({ library }: { library: Library }) {
  const [removing, setRemoving] = useState(false);
  const scan = useMutation({ mutationFn: () => startScan(library.id) });
  const { lastScan } = library;
  const outcome = lastScan ? describeLastScan(lastScan) : null;
  return (
    <div className="library-header">
      <h1>{library.name}</h1>
      <p>
        {library.rootPath} · {formatNumber(library.collectionCount, 'collection')} · {formatNumber(library.imageCount, 'image')}
        {library.derivatives.files > 0 && ` · ${formatBytes(library.derivatives.bytes)} in the cache`}
        {lastScan && outcome && (
          <>
            {' · '}
            <Link to={`/jobs/${lastScan.jobId}`}>{outcome}</Link>
          </>
        )}
      </p>
      <div className="actions">
        <button type="button" onClick={() => scan.mutate()} disabled={scan.isPending}>
          {scan.data?.alreadyRunning ? 'Scan is running' : 'Scan now'}
        </button>
        <button type="button" onClick={() => setRemoving(true)}>
          Remove…
        </button>
        {scan.isError && <span role="alert" className="error">{scan.error.message}</span>}
      </div>
      {removing && <RemoveLibrary library={library} onClose={() => setRemoving(false)} />}
    </div>
  );
}
