import { useMutation } from '@tanstack/react-query';
import type { Library } from '../api/client';
import { formatCount } from '../app/format';
import { startScan } from './useLibraries';

export function LibraryHeader({ library }: { library: Library }) {
  const scan = useMutation({ mutationFn: () => startScan(library.id) });
  return (
    <div className="library-header">
      <h1>{library.name}</h1>
      <p>
        {library.rootPath} · {formatCount(library.collectionCount)} collections · {formatCount(library.imageCount)} images
      </p>
      <button type="button" onClick={() => scan.mutate()} disabled={scan.isPending}>
        {scan.data?.alreadyRunning ? 'Scan is running' : 'Scan now'}
      </button>
      {scan.isError && <span role="alert" className="error">{scan.error.message}</span>}
    </div>
  );
}
