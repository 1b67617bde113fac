import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client';

export function useLibraries() {
  return useQuery({
    queryKey: ['libraries'],
    queryFn: () => answer(api.GET('/api/v1/libraries', { params: { query: { limit: 1000 } } })),
  });
}

/** What choosing a folder would mean; asked while the path is typed. */
export function useFolderCheck(rootPath: string) {
  return useQuery({
    queryKey: ['folder-check', rootPath],
    queryFn: () => answer(api.POST('/api/v1/libraries/check', { body: { rootPath } })),
    enabled: rootPath.startsWith('/'),
    retry: false,
  });
}

/** Adds a library and starts its first scan. */
export function useAddLibrary() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (rootPath: string) => {
      const library = await answer(api.POST('/api/v1/libraries', { body: { rootPath } }));
      await startScan(library.id);
      return library;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['libraries'] }),
  });
}

export function startScan(id: string) {
  const body = { resumeIncomplete: true, overwriteExisting: false, deep: false };
  return answer(api.POST('/api/v1/libraries/{id}/scan', { params: { path: { id } }, body }));
}
