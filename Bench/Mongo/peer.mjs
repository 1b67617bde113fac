// The same with the official driver of Node.js.
import { importPinned } from '../pinned.mjs';

const { MongoClient } = (await importPinned('mongodb/lib/index.js')).default;
const documents = 100000, reads = 30000, inFlight = 32;
const client = new MongoClient(`mongodb://127.0.0.1:${process.argv[2]}/?directConnection=true`);
const database = client.db('bench');
const numbered = number => {
  const name = `IMG_${String(number).padStart(6, '0')}.jpg`;
  return {
    _id: number, Name: name, Path: `2024/03/trip to the coast/${name}`, Size: 5000000 + number, Width: 4032, Height: 3024,
    ModifiedAt: new Date(number * 1000), State: 'ready',
  };
};
const pictures = Array.from({ length: documents }, (_, number) => numbered(number));

async function round(name) {
  const collection = database.collection(name);
  await collection.drop().catch(() => {});
  await database.createCollection(name);
  let start = performance.now();
  await collection.insertMany(pictures);
  const insert = performance.now() - start;

  start = performance.now();
  const found = await collection.find({}).toArray();
  const find = performance.now() - start;
  if (found.length !== documents || found.at(-1).Name !== pictures.at(-1).Name) throw new Error('The documents did not come back.');

  start = performance.now();
  let next = 0;
  await Promise.all(Array.from({ length: inFlight }, async () => {
    while (next < reads) {
      const id = (next++ * 7919) % documents;
      const picture = await collection.findOne({ _id: id });
      if (picture._id !== id) throw new Error('Another document came back.');
    }
  }));
  return { InsertSeconds: insert / 1000, FindSeconds: find / 1000, ReadsPerSecond: reads / ((performance.now() - start) / 1000) };
}

await round('warm-up');
console.log(JSON.stringify(await round('measured')));
await client.close();
