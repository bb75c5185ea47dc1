/**
 * Families that are members of another by a name of their own: "Wren 4 Scout" and "Wren 4 Maverick" of "Wren 4".
 *
 * Only a name that is used by itself, too, is a root, and a number does not make a member: "Wren 2" is no kind of "Wren".
 */
export function rootsOf(families: Iterable<string>): (family: string) => string {
  const known = [...new Set(families)].filter((family) => family.length >= LEAST_LENGTH).sort((left, right) => left.length - right.length);
  return (family) => known.find((root) => root === family || (family.startsWith(root) && MEMBER.test(family.slice(root.length)))) ?? family;
}

/** Shorter names begin too many others. In letters of the folded name. */
const LEAST_LENGTH = 4;

/** What a member adds to the name of its family. Matches "scout", "maverick"; not "2", "v3", "s", "net". */
const MEMBER = /^(?!v\d)\p{L}{4,}/u;
