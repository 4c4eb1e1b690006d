// The tools, listed for who has no use for a menu full of them every day.
import { Link } from 'react-router';
import { useLanguage } from '../i18n/use-language';
import './words';
import './tools.css';

const TOOLS = [['terminology', '/terminology'], ['fhirpath', '/tools/fhirpath'], ['validate', '/tools/validate']] as const;

export default function Tools() {
  const { t } = useLanguage();
  return (
    <div className="tool">
      <div className="page-title"><h1>{t('tools.title')}</h1><p>{t('tools.lead')}</p></div>
      <ul className="columns">
        {TOOLS.map(([name, path]) => (
          <li key={name} className="card tool-choice">
            <h2><Link to={path}>{t(`tools.list.${name}.title`)}</Link></h2>
            <p className="soft">{t(`tools.list.${name}.lead`)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
