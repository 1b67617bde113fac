import { thumbHashToDataURL } from 'thumbhash';

const known = new Map<string, string>();
const mostKnown = 2000;

/** A blurred placeholder as a data URL, from a base64 thumbhash. */
export function placeholder(thumbhash: string | null | undefined): string | undefined {
  if (!thumbhash) {
    return undefined;
  }
  let url = known.get(thumbhash);
  if (!url) {
    url = thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0)));
    if (known.size >= mostKnown) {
      known.clear();
    }
    known.set(thumbhash, url);
  }
  return url;
}
