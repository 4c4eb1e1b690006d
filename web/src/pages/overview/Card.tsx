import { FailureNotice } from '../../app/Faults';
import { Bones } from '../../app/Skeletons';
import type { Load } from '../../app/use-load';

// A card of the overview in its four states: waiting, failed, empty, filled.
export function Card<T>({ title, note, load, empty, isEmpty, className, children }: {
  title: string; note: string; load: Load<T>; empty: string; isEmpty: (data: T) => boolean; className: string; children: (data: T) => React.ReactNode;
}) {
  return (
    <section className={`card ${className}`}>
      <div className="card-head"><h2>{title}</h2><span className="small">{note}</span></div>
      {load.failure ? <FailureNotice failure={load.failure} again={load.again} />
        : load.data === undefined ? <Bones lines={7} />
        : isEmpty(load.data) ? <p className="empty">{empty}</p>
        : children(load.data)}
    </section>
  );
}
