// Names of codes in the reader's language. What an institution wrote in it is shown as written; otherwise a name kept
// here, or the code's own display, where there is one.
import { conceptText, LOINC } from '../fhir/text';
import type { CodeableConcept } from '../fhir/types';
import { ATC_EN, ICD10_EN, LOINC_NAMES } from './codes';

export type Language = 'zh' | 'en';

// Our own code systems have English words for codes.
const OWN_CODES = 'urn:witmed:cs:';

const HAN = /\p{Script=Han}/u;

const UNITS: Record<string, { zh: string; en: string }> = {
  'mm[Hg]': { zh: 'mmHg', en: 'mmHg' },
  '/min': { zh: '次/分', en: '/min' },
  '{beats}/min': { zh: '次/分', en: '/min' },
  Cel: { zh: '℃', en: '°C' },
  '10*9/L': { zh: '×10⁹/L', en: '×10⁹/L' },
  '10*12/L': { zh: '×10¹²/L', en: '×10¹²/L' },
  'kg/m2': { zh: 'kg/m²', en: 'kg/m²' },
  'mL/min/{1.73_m2}': { zh: 'mL/min/1.73m²', en: 'mL/min/1.73m²' },
};

export class Terms {
  constructor(readonly language: Language) {}

  // A record repeats a few dozen codes thousands of times: each is looked up once.
  private readonly found = new Map<string, string | undefined>();

  name(concept: CodeableConcept | undefined): string | undefined {
    if (!concept) return undefined;
    const first = concept.coding?.[0];
    const key = `${first?.system ?? ''}|${first?.code ?? ''}|${concept.text ?? first?.display ?? ''}`;
    if (!this.found.has(key)) this.found.set(key, this.look(concept));
    return this.found.get(key);
  }

  private look(concept: CodeableConcept): string | undefined {
    const text = conceptText(concept);
    const written = text !== undefined && HAN.test(text);
    if (this.language === 'zh') return written ? text : (this.known(concept, (each) => each.zh) ?? text);
    return this.known(concept, (each) => each.en) ?? (written ? this.english(concept) : undefined) ?? text;
  }

  private known(concept: CodeableConcept | undefined, pick: (names: { zh: string; en: string }) => string): string | undefined {
    for (const { system, code } of concept?.coding ?? []) {
      const names = system === LOINC && code ? LOINC_NAMES[code] : undefined;
      if (names) return pick(names);
    }
    return undefined;
  }

  private english(concept: CodeableConcept | undefined): string | undefined {
    for (const { system, code, display } of concept?.coding ?? []) {
      if (display && !HAN.test(display)) return display;
      if (!code) continue;
      const names = ICD10_EN[code.slice(0, 3)] ?? ATC_EN[code] ?? (system?.startsWith(OWN_CODES) ? code : undefined);
      if (names) return names;
    }
    return undefined;
  }

  unit(quantity: { unit?: string; code?: string } | undefined): string {
    if (!quantity) return '';
    const known = quantity.code ? UNITS[quantity.code] : undefined;
    return known ? known[this.language] : (quantity.unit ?? quantity.code ?? '');
  }
}
