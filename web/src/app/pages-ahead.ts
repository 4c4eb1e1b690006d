// Who looks for a resident will open one: the page's code is fetched while they type.
export const loadResident = () => import('../record/Resident');
