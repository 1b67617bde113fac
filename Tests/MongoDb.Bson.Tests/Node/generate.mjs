// Documents of every type, the same ones for the same seed.
import * as bson from 'bson';

export function random(seed) {
  let state = seed >>> 0;
  return limit => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * limit);
  };
}

export function generate(next, depth) {
  const document = {};
  const count = next(8);
  for (let index = 0; index < count; index++) {
    document[`e${index}${'ä€😀'.slice(0, next(3))}`] = generateValue(next, depth);
  }
  return document;
}

function generateValue(next, depth) {
  const long = () => bson.Long.fromBits(next(4294967296) | 0, next(4294967296) | 0);
  const bytes = count => Buffer.from(Array.from({ length: count }, () => next(256)));
  switch (next(depth > 3 ? 16 : 19)) {
    case 0: return new bson.Double((next(2000) - 1000) / 8);
    case 1: return new bson.Double([0, -0, Infinity, -Infinity, 5e-324, 1.7976931348623157e308, 0.1][next(7)]);
    case 2: return Array.from('text "\\ \n \u0000 ß 漢字 😀').slice(0, next(24)).join('');
    case 3: return new bson.Binary(bytes(next(20)), [0, 1, 5, 6, 7, 8, 128][next(7)]);
    case 4: return new bson.UUID(bytes(16));
    case 5: return new bson.ObjectId(bytes(12));
    case 6: return next(2) === 0;
    case 7: return new Date((next(4294967296) - 2147483648) * 1000 + next(1000));
    case 8: return null;
    case 9: return new bson.BSONRegExp('^a/b\\d"'.slice(0, next(8)), ['', 'i', 'ims'][next(3)]);
    case 10: return new bson.Code('function () { return "x"; }');
    case 11: return new bson.BSONSymbol('symbol');
    case 12: return new bson.Int32(next(4294967296) | 0);
    case 13: return new bson.Timestamp({ t: next(4294967296), i: next(4294967296) });
    case 14: return long();
    case 15: return next(4) === 0 ? (next(2) === 0 ? new bson.MinKey() : new bson.MaxKey())
      : bson.Decimal128.fromString(['0', '-0', '1.50', '-12.3E+10', '9.999999999999999999999999999999999E+6144', '1E-6176', 'NaN', 'Infinity'][next(8)]);
    case 16: return generate(next, depth + 1);
    case 17: return Array.from({ length: next(5) }, () => generateValue(next, depth + 1));
    default: return new bson.Code('x', generate(next, depth + 1));
  }
}
