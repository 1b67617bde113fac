import type { Image } from '../api/client';
import { placeholder } from './placeholder';

export function ImageTile({ image, onOpen }: { image: Image; onOpen: () => void }) {
  const blurred = placeholder(image.thumbhash);
  const name = image.path.split('/').at(-1);
  return (
    <button
      type="button"
      className="tile"
      title={image.failure ? `${image.path}: ${image.failure.message}` : image.path}
      onClick={onOpen}
      style={blurred ? { backgroundImage: `url(${blurred})` } : undefined}
    >
      {image.thumbnail ? (
        <img src={image.thumbnail.url} alt={name} loading="lazy" decoding="async" />
      ) : (
        <span className="tile-text">{image.failure ? `⚠ ${image.failure.message}` : 'Waiting to be rendered'}</span>
      )}
      {image.state === 'damaged' && <small className="badge">damaged</small>}
    </button>
  );
}
