// A few line icons of our own: no icon font, nothing fetched.
const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.8, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

function Icon({ children }: { children: React.ReactNode }) {
  return <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" {...line}>{children}</svg>;
}

export const OverviewIcon = () => <Icon><path d="M4 20V10M10 20V4M16 20v-7M21 20H3" /></Icon>;
export const FindIcon = () => <Icon><circle cx="11" cy="11" r="6.5" /><path d="m16 16 5 5" /></Icon>;
export const RegisterIcon = () => <Icon><circle cx="10" cy="8" r="4" /><path d="M3 20c0-4 3-6 7-6 1.5 0 2.8.3 4 .8M18 14v7M14.5 17.5h7" /></Icon>;
export const InstitutionIcon = () => <Icon><path d="M4 21V5.5L12 3l8 2.5V21M2.5 21h19M12 8v6M9 11h6M10 21v-4h4v4" /></Icon>;
export const CodeIcon = () => <Icon><path d="m8 6-6 6 6 6M16 6l6 6-6 6" /></Icon>;
export const AlertIcon = () => <Icon><path d="M12 3 2.5 20h19L12 3ZM12 10v4.5M12 17.4v.1" /></Icon>;
export const UpIcon = () => <Icon><path d="M12 20V4M5 11l7-7 7 7" /></Icon>;
export const DownIcon = () => <Icon><path d="M12 4v16M5 13l7 7 7-7" /></Icon>;
export const ChevronIcon = () => <Icon><path d="m9 5 7 7-7 7" /></Icon>;

export function Mark({ label }: { label: string }) {
  return (
    <svg className="mark" viewBox="0 0 32 32" role="img" aria-label={label}>
      <rect width="32" height="32" rx="9" fill="var(--brand)" />
      <path d="M5 17.5h5.2l2.6-7 4.2 13 3.4-9 1.5 3H27" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
