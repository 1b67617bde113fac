import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { answer, api, type Library } from '../api/client';

export function RemoveLibrary({ library, onClose }: { library: Library; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/libraries/{id}', { params: { path: { id: library.id } } })),
    onSuccess: ({ jobId }) => navigate(`/jobs/${jobId}`),
  });
  useEffect(() => dialog.current?.showModal(), []);

  return (
    <dialog ref={dialog} className="remove-library" aria-labelledby="remove-library" onClose={onClose}>
      <h2 id="remove-library">Remove “{library.name}”?</h2>
      <p>Its scans end, and its thumbnails and cache images are deleted. Your own files in {library.rootPath} stay as they are.</p>
      {remove.isError && <p role="alert" className="error">{remove.error.message}</p>}
      <footer>
        <button type="button" autoFocus onClick={() => dialog.current?.close()}>
          Keep
        </button>
        <button type="button" disabled={remove.isPending} onClick={() => remove.mutate()}>
          Remove library
        </button>
      </footer>
    </dialog>
  );
}
