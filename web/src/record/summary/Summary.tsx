import type { ResidentRecord } from '../model/record';
import { LifeCard } from './LifeCard';
import { MedicinesCard } from './MedicinesCard';
import { ProblemsCard } from './ProblemsCard';
import { SeriesCard } from './SeriesCard';
import { VaccinesCard } from './VaccinesCard';
import { VisitsCard } from './VisitsCard';
import './summary.css';

// What a doctor who has one minute needs, in the order of reading.
export function Summary({ record }: { record: ResidentRecord }) {
  return (
    <div className="summary">
      <LifeCard record={record} />
      <div className="summary-column">
        <ProblemsCard record={record} />
        <MedicinesCard record={record} />
      </div>
      <div className="summary-column">
        <SeriesCard record={record} group="vital" />
        <VisitsCard record={record} />
      </div>
      <div className="summary-column">
        <SeriesCard record={record} group="result" />
        <VaccinesCard record={record} />
      </div>
    </div>
  );
}
