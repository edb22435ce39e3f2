import { useCallback, useRef, useState } from 'react';

/** Until measured, and where nothing can be measured. */
const DEFAULT_WIDTH = 640;

/** The width of an element, kept up to date. */
export function useElementWidth() {
  const [width, setWidth] = useState(DEFAULT_WIDTH);
  const observer = useRef<ResizeObserver>();
  const ref = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (!element || typeof ResizeObserver === 'undefined') return;
    observer.current = new ResizeObserver(([entry]) => {
      const measured = Math.floor(entry.contentRect.width);
      if (measured > 0) setWidth(measured);
    });
    observer.current.observe(element);
  }, []);
  return { ref, width };
}
