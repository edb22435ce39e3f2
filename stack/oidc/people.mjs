/** The people of examples/catalog/org.yaml, found there by their e-mail address. */
export const PEOPLE = [
  { id: 'olivia', name: 'Olivia', email: 'olivia@example.com' },
  { id: 'alice', name: 'Alice', email: 'alice@example.com' },
  { id: 'owen', name: 'Owen', email: 'owen@example.com' },
  { id: 'pia', name: 'Pia', email: 'pia@example.com' },
];
