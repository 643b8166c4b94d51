/** The views that are loaded once the first one stands. */
export { Faults as faults } from './views/faults.tsx'
export { Mail as mail } from './views/mail.tsx'
export { Pages as pages } from './views/pages.tsx'
export { PersonView as person } from './views/person.tsx'
export { Projects as projects } from './views/projects.tsx'
export { Requests as requests } from './views/requests.tsx'
