// What "try it" can ask for: each route with its parameters. A field is [name, what it is, its default, its values where they are few].
const counts = ['count', 'how many', '5'];

const range = [
  ['min', 'least', '1'],
  ['max', 'greatest', '49'],
];

/** The routes, in the order they are offered. */
export const routes = [
  {
    title: 'random numbers: an array',
    path: 'api/v1/random',
    fields: [
      ['length', 'elements', '16'],
      ['type', 'type', 'uint8', ['uint8', 'uint16', 'hex8', 'hex16']],
      ['conditioning', 'conditioning', '', ['', 'drbg', 'limited', 'raw', 'vonneumann']],
      ['fresh', 'fresh seed', '', ['', 'true', 'false']],
      ['receipt', 'signed receipt', '', ['', 'true', 'false']],
    ],
  },
  {
    title: 'random bytes: a text',
    path: 'api/v1/random',
    fields: [
      ['length', 'bytes', '32'],
      ['format', 'format', 'hex', ['hex', 'base64', 'bytes']],
      ['conditioning', 'conditioning', '', ['', 'drbg', 'limited', 'raw']],
    ],
  },
  { title: 'integers of a range', path: 'api/v1/integers', fields: [['min', 'least', '1'], ['max', 'greatest', '6'], counts] },
  { title: 'distinct integers', path: 'api/v1/sequence', fields: [...range, ['count', 'how many', '6']] },
  { title: 'floats from 0 to 1', path: 'api/v1/floats', fields: [counts] },
  { title: 'gaussians', path: 'api/v1/gaussians', fields: [['mean', 'mean', '0'], ['deviation', 'deviation', '1'], counts] },
  { title: 'UUIDs', path: 'api/v1/uuids', fields: [['version', 'version', '4', ['4', '7']], counts] },
  { title: 'strings', path: 'api/v1/strings', fields: [['length', 'characters', '20'], ['alphabet', 'alphabet', ''], ['count', 'how many', '3']] },
  { title: 'a shuffled list', path: 'api/v1/shuffle', fields: [['items', 'items, by commas', 'red,green,blue']] },
  { title: 'a choice', path: 'api/v1/choice', fields: [['items', 'items, by commas', 'heads,tails'], ['count', 'how many', '1']] },
  { title: 'byte strings', path: 'api/v1/bytes', fields: [['length', 'bytes', '16'], ['encoding', 'encoding', 'hex', ['hex', 'base64', 'base64url']], ['count', 'how many', '1']] },
  { title: 'the health', path: 'health', fields: [] },
  { title: 'the pool', path: 'pool/status', fields: [] },
  { title: 'the assessments', path: 'api/v1/assessments', fields: [] },
  { title: 'the identity that signs receipts', path: 'api/v1/identity', fields: [] },
];
