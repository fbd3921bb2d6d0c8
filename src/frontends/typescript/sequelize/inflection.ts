/**
 * Plurals as Sequelize forms them: by the rules of the package inflection 1, which knows words by their ending alone.
 * Of two rules the first one that fits holds.
 */

/** Words of which the plural is the singular, compared whole and without case. */
const unchanging = new Set(
  `
  accommodation adulthood advertising advice aggression aid air aircraft alcohol anger applause arithmetic
  assistance athletics bacon baggage beef biology blood botany bread butter carbon cardboard cash chalk chaos chess
  crossroads countryside dancing deer dignity dirt dust economics education electricity engineering enjoyment envy
  equipment ethics evidence evolution fame fiction flour flu food fuel fun furniture gallows garbage garlic genetics
  gold golf gossip gratitude grief guilt gymnastics happiness hardware harm hate hatred health heat help homework
  honesty honey hospitality housework humour hunger hydrogen ice importance inflation information innocence iron
  irony jam jewelry judo karate knowledge lack laughter lava leather leisure lightning linguine linguini linguistics
  literature litter livestock logic loneliness luck luggage macaroni machinery magic management mankind marble
  mathematics mayonnaise measles methane milk minus money mud music mumps nature news nitrogen nonsense nurture
  nutrition obedience obesity oxygen pasta patience physics poetry pollution poverty pride psychology publicity
  punctuation quartz racism relaxation reliability research respect revenge rice rubbish rum safety scenery seafood
  seaside series shame sheep shopping sleep smoke smoking snow soap software soil spaghetti species steam stuff
  stupidity sunshine symmetry tennis thirst thunder timber traffic transportation trust underwear unemployment unity
  validity veal vegetation vegetarianism vengeance violence vitality warmth wealth weather welfare wheat wildlife
  wisdom yoga zinc zoology
  `
    .trim()
    .split(/\s+/),
);

/** An ending, and what stands in its place in the other number. */
type Rule = [ending: RegExp, other: string];

/** Endings of plurals; a word with one of them is in the plural already. */
const plurals: readonly Rule[] = [
  [/^(m|wom)en$/i, '$1an'],
  [/(pe)ople$/i, '$1rson'],
  [/(child)ren$/i, '$1'],
  [/(database|drive)s$/i, '$1'],
  [/^genera$/i, 'genus'],
  [/^(criteri)a$/i, '$1on'],
  [/([ti])a$/i, '$1um'],
  [/(analy|ba|diagno|parenthe|progno|synop|the)ses$/i, '$1sis'],
  [/(hi|ti)ves$/i, '$1ve'],
  [/(curve)s$/i, '$1'],
  [/([lr])ves$/i, '$1f'],
  [/(a)ves$/i, '$1ve'],
  [/([^fo])ves$/i, '$1fe'],
  [/(m)ovies$/i, '$1ovie'],
  [/([^aeiouy]|qu)ies$/i, '$1y'],
  [/(s)eries$/i, '$1eries'],
  [/(x|ch|ss|sh)es$/i, '$1'],
  [/([m|l])ice$/i, '$1ouse'],
  [/(bus|o)es$/i, '$1'],
  [/(shoe)s$/i, '$1'],
  [/(cris|ax|test)es$/i, '$1is'],
  [/(octop|vir)uses$/i, '$1us'],
  [/(alias|canvas|status|campus)es$/i, '$1'],
  [/^(summons|bonus)es$/i, '$1'],
  [/^(ox)en/i, '$1'],
  [/(matr)ices$/i, '$1ix'],
  [/(vert|ind)ices$/i, '$1ex'],
  [/^feet$/i, 'foot'],
  [/^teeth$/i, 'tooth'],
  [/^geese$/i, 'goose'],
  [/(quiz)zes$/i, '$1'],
  [/^(whereas)es$/i, '$1'],
];

/** Endings of singulars; a word with one of them is in the singular already. */
const singulars: readonly Rule[] = [
  [/^(m|wom)an$/i, '$1en'],
  [/(pe)rson$/i, '$1ople'],
  [/(child)$/i, '$1ren'],
  [/(drive)$/i, '$1s'],
  [/^(ox)$/i, '$1en'],
  [/(ax|test)is$/i, '$1es'],
  [/(octop|vir)us$/i, '$1uses'],
  [/(alias|status|canvas|campus)$/i, '$1es'],
  [/^(summons|bonus)$/i, '$1es'],
  [/(bu)s$/i, '$1ses'],
  [/(buffal|tomat|potat)o$/i, '$1oes'],
  [/([ti])um$/i, '$1a'],
  [/sis$/i, 'ses'],
  [/(?:([^f])fe|([lr])f)$/i, '$1$2ves'],
  [/(hi|ti)ve$/i, '$1ves'],
  [/([^aeiouy]|qu)y$/i, '$1ies'],
  [/(matr)ix$/i, '$1ices'],
  [/(vert|ind)ex$/i, '$1ices'],
  [/(x|ch|ss|sh)$/i, '$1es'],
  [/([m|l])ouse$/i, '$1ice'],
  [/^foot$/i, 'feet'],
  [/^tooth$/i, 'teeth'],
  [/^goose$/i, 'geese'],
  [/(quiz)$/i, '$1zes'],
  [/^(whereas)$/i, '$1es'],
  [/^(criteri)on$/i, '$1a'],
  [/^genus$/i, 'genera'],
];

/** What is tried on words that bear none of the endings above. */
const otherSingulars: readonly Rule[] = [
  [/s$/i, 's'],
  [/$/, 's'],
];
const otherPlurals: readonly Rule[] = [
  [/ss$/i, 'ss'],
  [/s$/i, ''],
];

function inflected(word: string, already: readonly Rule[], rules: readonly Rule[]): string {
  if (unchanging.has(word.toLowerCase()) || already.some(([ending]) => ending.test(word))) return word;
  const rule = rules.find(([ending]) => ending.test(word));
  return rule ? word.replace(...rule) : word;
}

/** `Person` gives `People`. */
export const pluralize = (word: string): string => inflected(word, plurals, [...singulars, ...otherSingulars]);

/** `People` gives `Person`. */
export const singularize = (word: string): string => inflected(word, singulars, [...plurals, ...otherPlurals]);

/** `OAuth2Token` gives `o_auth2_token`: each capital gets a line before it. */
export const underscore = (name: string): string =>
  name
    .split('::')
    .map((part) => part.replace(/([A-Z])/g, '_$1').replace(/^_/, ''))
    .join('/')
    .toLowerCase();

/** `author_id` gives `authorId`; only a letter behind a line changes. */
export const camelize = (name: string): string =>
  name.trim().replace(/[-_\s]+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '');
