// The window of time that is shown. Steps made by buttons glide, so that the eye can follow; steps of the hand do not.
import { useCallback, useEffect, useRef, useState } from 'react';
import { fit, type View } from './scale';

const GLIDE_MS = 220;

export function useView(bounds: View, first: View) {
  const [view, setView] = useState(() => fit(first, bounds));
  const frame = useRef(0);
  const now = useRef(view);
  now.current = view;
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const jump = useCallback((next: View) => {
    cancelAnimationFrame(frame.current);
    setView(fit(next, bounds));
  }, [bounds]);

  const glide = useCallback((next: View) => {
    const target = fit(next, bounds);
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return jump(target);
    const start = now.current;
    const began = performance.now();
    cancelAnimationFrame(frame.current);
    const step = (time: number) => {
      const share = Math.max(0, Math.min(1, (time - began) / GLIDE_MS));
      const eased = 1 - (1 - share) ** 3;
      setView({ from: start.from + (target.from - start.from) * eased, to: start.to + (target.to - start.to) * eased });
      if (share < 1) frame.current = requestAnimationFrame(step);
    };
    frame.current = requestAnimationFrame(step);
  }, [bounds, jump]);

  return { view, jump, glide };
}
