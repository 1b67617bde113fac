import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client';

const pageSize = 200;

/** Collections of a library, or of all. Archives without pictures are shown only to those who search: they would hide the others. */
export function useCollections(libraryId: string | undefined, search: string) {
  return useInfiniteQuery({
    queryKey: ['collections', libraryId, search],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/collections', {
          params: { query: { libraryId, search: search || undefined, empty: search !== '', limit: pageSize, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function useCollection(id: string) {
  return useQuery({
    queryKey: ['collection', id],
    queryFn: () => answer(api.GET('/api/v1/collections/{id}', { params: { path: { id } } })),
  });
}

export function useImages(collectionId: string) {
  return useInfiniteQuery({
    queryKey: ['images', collectionId],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/collections/{id}/images', {
          params: { path: { id: collectionId }, query: { limit: pageSize, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
