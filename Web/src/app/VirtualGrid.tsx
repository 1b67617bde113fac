import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import './grid.css';

interface VirtualGridProps<T> {
  items: T[];
  itemWidth: number;
  itemHeight: number;
  keyOf: (item: T) => string;
  render: (item: T, index: number) => ReactNode;
  onEndReached: () => void;
}

const gap = 12;

/** A scrolling grid that keeps only the visible rows in the page, so that a million items cost no more than a hundred. */
export function VirtualGrid<T>({ items, itemWidth, itemHeight, keyOf, render, onEndReached }: VirtualGridProps<T>) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width));
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);

  const columns = Math.max(1, Math.floor((width + gap) / (itemWidth + gap)));
  const rowCount = Math.ceil(items.length / columns);
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => frame.current,
    estimateSize: () => itemHeight + gap,
    overscan: 4,
  });
  const visible = rows.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? -1;

  useEffect(() => {
    if (lastVisible >= rowCount - 3) {
      onEndReached();
    }
  }, [lastVisible, rowCount, onEndReached]);

  return (
    <div ref={frame} className="grid-frame" tabIndex={-1}>
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {visible.map((row) => (
          <div
            key={row.key}
            className="grid-row"
            style={{
              transform: `translateY(${row.start}px)`,
              height: itemHeight,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              gap,
            }}
          >
            {items.slice(row.index * columns, (row.index + 1) * columns).map((item, column) => (
              <div key={keyOf(item)}>{render(item, row.index * columns + column)}</div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
