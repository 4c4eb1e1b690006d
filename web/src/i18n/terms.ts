// Names of codes in the reader's language. What an institution wrote is shown as written; in English a Chinese text
// gives way to the code's own English display, or to a name kept here, where there is one.
import { conceptText, LOINC } from '../fhir/text';
import type { CodeableConcept } from '../fhir/types';
import { ATC_EN, ICD10_EN, LOINC_NAMES } from './codes';

export type Language = 'zh' | 'en';

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

  name(concept: CodeableConcept | undefined): string | undefined {
    const text = conceptText(concept);
    for (const coding of concept?.coding ?? []) {
      const code = coding.code;
      if (!code) continue;
      if (coding.system === LOINC) {
        const known = LOINC_NAMES[code];
        if (known) return this.language === 'zh' ? known.zh : known.en;
      }
      if (this.language === 'en' && text && HAN.test(text)) {
        const known = coding.display && !HAN.test(coding.display) ? coding.display : (ICD10_EN[code.slice(0, 3)] ?? ATC_EN[code]);
        if (known) return known;
      }
    }
    return text;
  }

  unit(quantity: { unit?: string; code?: string } | undefined): string {
    if (!quantity) return '';
    const known = quantity.code ? UNITS[quantity.code] : undefined;
    return known ? known[this.language] : (quantity.unit ?? quantity.code ?? '');
  }
}
