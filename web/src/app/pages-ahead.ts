// Who looks for a resident will open one: the page's code is fetched while they type.
export const loadResident = () => import('../record/Resident');

export const patientPath = (id: string) => `/Patient/${encodeURIComponent(id)}`;

// A whole record, in pages that a phone can read.
export const recordPath = (id: string) => `/Patient/${encodeURIComponent(id)}/$everything?_count=2000`;
