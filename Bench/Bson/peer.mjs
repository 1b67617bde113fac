// The same document with the official package of Node.js.
import { importPinned } from '../pinned.mjs';

const bson = await importPinned('bson/lib/bson.node.mjs');
const derivative = (Profile, Width, Height, Size, Hash) => ({ Profile, State: 'ready', Width, Height, Size: bson.Long.fromNumber(Size), Hash, Attempts: 2 });
const document = {
  _id: new bson.ObjectId('65f1c0de8badf00d12345678'),
  CollectionId: '3f2a9c71d5',
  Name: 'IMG_20240315_181530.jpg',
  Path: '2024/03/trip to the coast/IMG_20240315_181530.jpg',
  Size: bson.Long.fromNumber(5843221),
  Width: 4032,
  Height: 3024,
  ModifiedAt: new Date('2024-03-15T18:15:30Z'),
  ImportedAt: new Date('2024-04-01T09:00:00Z'),
  Kind: 'Photo',
  Placeholder: 'L6PZfSi_.AyE_3t7t7R**0o#DgR4',
  Rating: 4.5,
  IsHidden: false,
  Derivatives: [derivative('thumbnail', 320, 240, 14233, 'a1b2c3d4e5f60718'), derivative('cache', 1920, 1440, 402118, '1827364554637281')],
};
const bytes = bson.serialize(document);

function best(operation) {
  let time = Infinity;
  for (let round = 0; round < 12; round++) {
    const start = process.hrtime.bigint();
    for (let count = 0; count < 20000; count++) operation();
    time = Math.min(time, Number(process.hrtime.bigint() - start) / 20000);
  }
  return time;
}

console.log(JSON.stringify({
  EncodeNanoseconds: best(() => bson.serialize(document)),
  EncodeBytes: 0,
  DecodeNanoseconds: best(() => bson.deserialize(bytes)),
  DecodeBytes: 0,
}));
