import { useCallback, useEffect, useRef } from 'react';
import type { Image } from '../api/client';
import { apiRoot } from '../api/client';
import { formatBytes, formatCount } from '../app/format';
import { placeholder } from './placeholder';
import './images.css';

interface LightboxProps {
  images: Image[];
  index: number;
  total: number;
  onShow: (index: number | null) => void;
  onEnd: () => void;
}

/** One picture in full, with keyboard: arrows, page keys, Home, End, Escape. */
export function Lightbox({ images, index, total, onShow, onEnd }: LightboxProps) {
  const image = images[index]!;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    if (index >= images.length - 3) {
      onEnd();
    }
  }, [index, images.length, onEnd]);

  const go = useCallback(
    (to: number) => onShow(Math.min(Math.max(to, 0), images.length - 1)),
    [images.length, onShow],
  );

  // The neighbours are fetched ahead, so that a key press shows the next picture at once.
  useEffect(() => {
    for (const neighbour of [images[index + 1], images[index - 1]]) {
      if (neighbour?.cache) {
        new window.Image().src = neighbour.cache.url;
      }
    }
  }, [images, index]);

  const keys: Record<string, number> = {
    ArrowRight: index + 1,
    ArrowLeft: index - 1,
    ' ': index + 1,
    PageDown: index + 10,
    PageUp: index - 10,
    Home: 0,
    End: images.length - 1,
  };

  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={image.path}
      onClose={() => onShow(null)}
      onKeyDown={(event) => {
        const to = keys[event.key];
        if (to !== undefined) {
          event.preventDefault();
          go(to);
        }
      }}
    >
      <div className="stage" onClick={() => dialog.current?.close()}>
        {image.cache ? (
          <img
            key={image.id}
            src={image.cache.url}
            width={image.cache.width}
            height={image.cache.height}
            alt={image.path}
            style={{ backgroundImage: `url(${placeholder(image.thumbhash)})` }}
          />
        ) : (
          <p>{image.failure?.message ?? 'This picture has not been rendered yet.'}</p>
        )}
      </div>
      <button type="button" className="previous" aria-label="Previous" disabled={index === 0} onClick={() => go(index - 1)}>
        ‹
      </button>
      <button
        type="button"
        className="next"
        aria-label="Next"
        disabled={index === images.length - 1}
        onClick={() => go(index + 1)}
      >
        ›
      </button>
      <footer>
        <span>
          {formatCount(index + 1)} of {formatCount(total)}
        </span>
        <span className="path">{image.path}</span>
        {image.width != null && (
          <span>
            {image.width} × {image.height} · {formatBytes(image.bytes)}
          </span>
        )}
        {image.failure && <span className="error">{image.failure.message}</span>}
        <a href={`${apiRoot}/api/v1/images/${image.id}/original`} target="_blank" rel="noreferrer">
          Original
        </a>
        <button type="button" aria-label="Close" onClick={() => dialog.current?.close()}>
          ×
        </button>
      </footer>
    </dialog>
  );
}
