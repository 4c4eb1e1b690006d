// Records that may be of the same person: opened to look, or told apart. Nothing is merged here.
import { Link } from 'react-router';
import { addressText, humanName, maskNumber, residentNumber } from '../fhir/text';
import { sexText } from '../i18n/person';
import { useLanguage } from '../i18n/use-language';
import type { Candidate } from './form';

const LIKELY = 60;   // as the server: from here on the registrar must decide

interface Props { list: Candidate[]; different: Set<string>; onDifferent: (id: string, different: boolean) => void }

export function Candidates({ list, different, onDifferent }: Props) {
  const { t } = useLanguage();
  if (list.length === 0) return <p className="soft">{t('keeping.noCandidates')}</p>;
  return (
    <ul className="candidates">
      {list.map((each) => {
        const id = each.patient.id ?? '';
        const number = residentNumber(each.patient)?.value;
        const apart = different.has(id);
        return (
          <li key={id} className={apart ? 'candidate candidate-apart' : each.score >= LIKELY ? 'candidate candidate-likely' : 'candidate'}>
            <div className="candidate-head">
              <strong>{humanName(each.patient.name) ?? t('person.nameUnknown')}</strong>
              <span>{sexText(t, each.patient.gender)} · {each.age}</span>
              <em>{each.certain ? t('keeping.sameDocument') : t('keeping.score', { n: each.score })}</em>
            </div>
            <p className="small">{each.patient.birthDate ?? t('state.unrecorded')}{number && ` · ${maskNumber(number)}`}</p>
            <p className="small soft">{addressText(each.patient.address) ?? t('state.unrecorded')}</p>
            <ul className="reasons">{each.reasons.map((reason) => <li key={reason} className={/other/.test(reason) ? 'reason reason-against' : 'reason'}>{t(`keeping.reasons.${reason}`)}</li>)}</ul>
            <div className="candidate-foot">
              <Link className="plain-button" to={`/residents/${id}`} target="_blank">{t('keeping.open')}</Link>
              {!each.certain && <button type="button" className="plain-button" aria-pressed={apart} onClick={() => onDifferent(id, !apart)}>{t('keeping.different')}</button>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
