import { useCallback } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { formatNumber } from '../app/format';
import { VirtualGrid } from '../app/VirtualGrid';
import { ImageTile } from '../images/ImageTile';
import { Lightbox } from '../images/Lightbox';
import { useCollection, useImages } from './useCollections';

export function CollectionPage() {
  const { collectionId = '' } = useParams();
  const [address, setAddress] = useSearchParams();
  const collection = useCollection(collectionId);
  const images = useImages(collectionId);
  const items = images.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = images;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  // The shown picture is part of the address: back closes it, a link opens it.
  const shown = items.findIndex((image) => image.id === address.get('image'));
  const show = useCallback(
    (index: number | null) => {
      const id = index === null ? undefined : items[index]?.id;
      setAddress(id ? { image: id } : {}, { replace: address.has('image') });
    },
    [items, address, setAddress],
  );

  return (
    <main className="page">
      <header className="page-header">
        <div>
          {collection.data && (
            <Link to={`/libraries/${collection.data.libraryId}`} className="back">
              ← Collections
            </Link>
          )}
          <h1>{collection.data?.name ?? '…'}</h1>
          {collection.data && (
            <p>
              {collection.data.path || 'the library’s own folder'} · {formatNumber(collection.data.imageCount, 'image')}
            </p>
          )}
        </div>
      </header>
      {collection.isError && <p className="error">{collection.error.message}</p>}
      {collection.data?.failure && <p className="empty">{collection.data.failure.message}</p>}
      {images.isError && !collection.isError && <p className="error">{images.error.message}</p>}
      <VirtualGrid
        items={items}
        itemWidth={160}
        itemHeight={160}
        keyOf={(image) => image.id}
        onEndReached={loadMore}
        render={(image, index) => <ImageTile image={image} onOpen={() => show(index)} />}
      />
      {shown >= 0 && (
        <Lightbox images={items} index={shown} total={collection.data?.imageCount ?? items.length} onShow={show} onEnd={loadMore} />
      )}
    </main>
  );
}
