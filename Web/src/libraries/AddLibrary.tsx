import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { LibraryCheck } from '../api/client';
import { formatNumber } from '../app/format';
import { useDebounced } from '../app/useDebounced';
import { useAddLibrary, useFolderCheck } from './useLibraries';

export function AddLibrary({ onClose }: { onClose: () => void }) {
  const [path, setPath] = useState('');
  const checkedPath = useDebounced(path.trim());
  const check = useFolderCheck(checkedPath);
  const add = useAddLibrary();
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);

  return (
    <dialog ref={dialog} className="add-library" onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(path.trim(), {
            onSuccess: (library) => {
              dialog.current?.close();
              navigate(`/libraries/${library.id}`);
            },
          });
        }}
      >
        <h2>Add library</h2>
        <label>
          Folder on this computer
          <input
            value={path}
            onChange={(event) => {
              setPath(event.target.value);
              add.reset();
            }}
            placeholder="/home/me/Pictures"
            autoFocus
            spellCheck={false}
          />
        </label>
        <div className="check" aria-live="polite">
          {checkedPath !== '' && !checkedPath.startsWith('/') && <p>Write the whole path, from / on.</p>}
          {checkedPath.startsWith('/') && check.isFetching && <p>Looking at the folder…</p>}
          {check.data && !check.isFetching && <CheckResult check={check.data} />}
          {check.isError && <p className="error">{check.error.message}</p>}
          {add.isError && <p role="alert" className="error">{add.error.message}</p>}
        </div>
        <p className="hint">ImageLibrary never writes to this folder. The scan starts by itself.</p>
        <footer>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={add.isPending || checkedPath !== path.trim() || !check.data?.allowed}>
            Add and scan
          </button>
        </footer>
      </form>
    </dialog>
  );
}

function CheckResult({ check }: { check: LibraryCheck }) {
  if (!check.allowed) {
    return <p className="error">{check.message ?? 'The folder cannot be a library.'}</p>;
  }
  return (
    <ul>
      <li>Readable, on a {check.network ? 'network' : 'local'} file system.</li>
      <li>
        {check.complete ? 'Found' : 'Found so far at least'} {formatNumber(check.images ?? 0, 'image')} and{' '}
        {formatNumber(check.archives ?? 0, 'archive')} in {formatNumber(check.folders ?? 0, 'folder')}.
      </li>
      {check.message && <li>{check.message}</li>}
    </ul>
  );
}
