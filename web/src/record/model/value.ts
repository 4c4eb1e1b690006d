// A result's value as text, with the digits it was written with.
import type { Observation, ObservationValue } from '../../fhir/types';
import type { Terms } from '../../i18n/terms';

export function valueText(value: ObservationValue, terms: Terms): string | undefined {
  const quantity = value.valueQuantity;
  if (quantity?.value !== undefined) return `${quantity.comparator ?? ''}${quantity.value} ${terms.unit(quantity)}`.trim();
  if (value.valueCodeableConcept) return terms.name(value.valueCodeableConcept);
  if (value.valueString !== undefined) return value.valueString;
  if (value.valueInteger !== undefined) return String(value.valueInteger);
  if (value.valueBoolean !== undefined) return value.valueBoolean ? '+' : '−';
  return undefined;
}

// A blood pressure is read as one thing: 142/88 mmHg.
export function observationText(observation: Observation, terms: Terms): string | undefined {
  const own = valueText(observation, terms);
  if (own !== undefined) return own;
  const parts = observation.component ?? [];
  const [first, second] = parts;
  const high = first?.valueQuantity;
  const low = second?.valueQuantity;
  if (parts.length === 2 && high?.value !== undefined && low?.value !== undefined && terms.unit(high) === terms.unit(low)) {
    return `${high.value}/${low.value} ${terms.unit(high)}`;
  }
  const texts = parts.map((part) => valueText(part, terms)).filter((text) => text !== undefined);
  return texts.length > 0 ? texts.join(' · ') : undefined;
}
