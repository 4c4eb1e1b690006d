// What an entry says, for people: when, where, and every value with the range it is judged by.
import type { Observation, ObservationValue } from '../../fhir/types';
import { useLanguage } from '../../i18n/use-language';
import { FlagMark } from '../FlagMark';
import type { Event } from '../model/event';
import { flagOf, rangeOf } from '../model/flag';
import { rangeText } from '../model/range-text';
import { valueText } from '../model/value';

export function EventFacts({ event }: { event: Event }) {
  const { t, terms } = useLanguage();
  const observations = event.resources.filter((resource) => resource.resourceType === 'Observation') as Observation[];
  const rows = observations.flatMap((observation): ObservationValue[] => (observation.component?.length && observation.valueQuantity === undefined ? observation.component : [observation]));
  return (
    <section className="event-facts">
      <p><span className="num">{event.at.day} {event.at.clock}</span> · {event.institution ?? <span className="unrecorded">{t('timeline.unknownInstitution')}</span>}</p>
      {rows.length === 0 && event.detail && <p>{event.detail}</p>}
      {rows.length > 0 && (
        <table className="values">
          <tbody>
            {rows.map((row, i) => {
              const range = rangeText(rangeOf(row));
              return (
                <tr key={i}>
                  <th scope="row">{terms.name(row.code)}</th>
                  <td className="num">{valueText(row, terms) ?? <span className="unrecorded">{t('state.unrecorded')}</span>} <FlagMark flag={flagOf(row)} /></td>
                  <td className="soft small">{range ? t('record.range', { text: range }) : t('record.rangeUnknown')}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
