// Hand on the timeline: drag to move, two fingers or Ctrl+wheel to zoom, sideways wheel to move. A plain wheel keeps
// scrolling the page.
import { useEffect, useRef, type RefObject } from 'react';
import { msAt, pan, zoom, type View } from './scale';

export interface Gestures { view: View; bounds: View; width: number; onView: (view: View) => void; onTap: (x: number, y: number) => void; onHover: (x: number, y: number) => void; onLeave: () => void }

const TAP_PIXELS = 5;

export function useGestures(target: RefObject<HTMLElement | null>, gestures: Gestures) {
  const state = useRef(gestures);
  state.current = gestures;
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    const pointers = new Map<number, { x: number; y: number }>();
    let travelled = 0;
    const place = (event: PointerEvent | WheelEvent) => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const spread = () => {
      const [a, b] = [...pointers.values()];
      return a && b ? { middle: (a.x + b.x) / 2, wide: Math.max(20, Math.abs(a.x - b.x)) } : undefined;
    };
    const down = (event: PointerEvent) => {
      if (event.button !== 0) return;
      pointers.set(event.pointerId, place(event));
      if (pointers.size === 1) travelled = 0;
      element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent) => {
      const { view, bounds, width, onView, onHover } = state.current;
      const at = place(event);
      const before = pointers.get(event.pointerId);
      if (!before) return onHover(at.x, at.y);
      const old = spread();
      pointers.set(event.pointerId, at);
      const wide = spread();
      travelled += Math.abs(at.x - before.x) + Math.abs(at.y - before.y);
      if (old && wide) {
        const moved = pan(view, ((old.middle - wide.middle) / width) * (view.to - view.from), bounds);
        onView(zoom(moved, msAt(moved, width, wide.middle), old.wide / wide.wide, bounds));
      } else if (travelled > TAP_PIXELS) onView(pan(view, ((before.x - at.x) / width) * (view.to - view.from), bounds));
    };
    const up = (event: PointerEvent) => {
      const was = pointers.delete(event.pointerId);
      if (was && event.type === 'pointerup' && pointers.size === 0 && travelled <= TAP_PIXELS) {
        const at = place(event);
        state.current.onTap(at.x, at.y);
      }
    };
    const wheel = (event: WheelEvent) => {
      const { view, bounds, width, onView } = state.current;
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        onView(zoom(view, msAt(view, width, place(event).x), Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.006), bounds));
      } else if (sideways !== 0) {
        event.preventDefault();
        onView(pan(view, (sideways / width) * (view.to - view.from), bounds));
      }
    };
    const leave = () => state.current.onLeave();
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('wheel', wheel);
    };
  }, [target]);
}
