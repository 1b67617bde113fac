import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import type { Collection, Library } from '../api/client';
import { formatNumber } from '../app/format';
import { useDebounced } from '../app/useDebounced';
import { VirtualGrid } from '../app/VirtualGrid';
import { LibraryHeader } from '../libraries/LibraryHeader';
import { useLibraries } from '../libraries/useLibraries';
import { useCollections } from './useCollections';
import './collections.css';

export function CollectionsPage() {
  const { libraryId } = useParams();
  const [search, setSearch] = useState('');
  const collections = useCollections(libraryId, useDebounced(search.trim()));
  const libraries = useLibraries();
  const library = libraries.data?.items.find((item) => item.id === libraryId);
  const items = collections.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <main className="page">
      <header className="page-header">
        {library ? <LibraryHeader library={library} /> : <h1>{libraryId ? 'Library' : 'All libraries'}</h1>}
        <input
          type="search"
          aria-label="Search collections"
          placeholder="Search collections"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </header>
      {collections.isError && <p className="error">{collections.error.message}</p>}
      {collections.isSuccess && items.length === 0 && (
        <p className="empty">
          {search ? 'No collection matches.' : whyEmpty(libraryId !== undefined && libraries.isSuccess && !libraries.isFetching, library)}
        </p>
      )}
      <VirtualGrid
        items={items}
        itemWidth={200}
        itemHeight={236}
        keyOf={(collection) => collection.id}
        onEndReached={() => collections.hasNextPage && !collections.isFetchingNextPage && collections.fetchNextPage()}
        render={(collection) => (
          <CollectionCard
            collection={collection}
            library={libraryId ? undefined : libraries.data?.items.find((item) => item.id === collection.libraryId)?.name}
          />
        )}
      />
    </main>
  );
}

/** Why no collection is shown; `isKnown` where it is certain whether there is such a library. */
function whyEmpty(isKnown: boolean, library: Library | undefined): string {
  if (isKnown && !library) {
    return 'There is no such library any more.';
  }
  return library?.lastScan?.state.startsWith('completed')
    ? 'The last scan found no pictures here.'
    : 'Nothing here yet. Pictures appear as soon as a scan has found the first ones.';
}

/** A collection; `library` is the name of its library, where several are shown. */
function CollectionCard({ collection, library }: { collection: Collection; library?: string }) {
  return (
    <Link to={`/collections/${collection.id}`} className="card" title={collection.path || collection.name}>
      <div className="cover">
        {collection.cover ? <img src={collection.cover} alt="" loading="lazy" /> : <span aria-hidden>▦</span>}
        {collection.kind === 'archive' && <small className="badge">archive</small>}
      </div>
      <strong>{collection.name}</strong>
      <small>
        {collection.imageCount === 0 && collection.failure ? collection.failure.message : formatNumber(collection.imageCount, 'image')}
        {library && ` · ${library}`}
      </small>
    </Link>
  );
}
