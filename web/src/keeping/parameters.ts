// Parameters of operations: written and read.
import type { Coding, Reference, Resource } from '../fhir/types';

export interface Parameter {
  name: string;
  valueString?: string;
  valueCode?: string;
  valueInteger?: number;
  valueBoolean?: boolean;
  valueDate?: string;
  valueDateTime?: string;
  valueDecimal?: number;
  valueUri?: string;
  valueCoding?: Coding;
  valueReference?: Reference;
  resource?: Resource;
  part?: Parameter[];
}
export interface Parameters extends Resource { parameter?: Parameter[] }

export const parameters = (list: Parameter[]): Parameters => ({ resourceType: 'Parameters', parameter: list });

// Of a text that may be empty: nothing then.
export const textParameter = (name: string, value: string): Parameter[] => (value.trim() === '' ? [] : [{ name, valueString: value.trim() }]);

export function partsParameter(name: string, values: Record<string, string>): Parameter[] {
  const part = Object.entries(values).flatMap(([key, value]) => textParameter(key, value));
  return part.length > 0 ? [{ name, part }] : [];
}

export const named = (list: Parameter[] | undefined, name: string) => (list ?? []).filter((each) => each.name === name);
export const first = (list: Parameter[] | undefined, name: string) => (list ?? []).find((each) => each.name === name);
export const textOf = (list: Parameter[] | undefined, name: string) => {
  const found = first(list, name);
  return found?.valueString ?? found?.valueCode ?? found?.valueUri ?? found?.valueDate;
};
