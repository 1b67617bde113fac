// Does one thing with the official driver: driver.mjs URL DATABASE COMMAND ARGUMENT…; results go to standard output, a line each.
import { MongoClient } from 'mongodb';
import * as bson from 'bson';
import { generate, random } from './generate.mjs';

const [url, name, command, ...rest] = process.argv.slice(2);
const faithful = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true };
const client = new MongoClient(url);
const database = client.db(name);
const all = collection => database.collection(collection).find({}, { ...faithful, sort: { _id: 1 } });

const commands = {
  // Reads documents, and writes what was read into another collection.
  async copy(from, to) {
    await database.collection(to).insertMany(await all(from).toArray(), { ignoreUndefined: false });
  },
  // Documents of Node's making.
  async generate(to, count) {
    const documents = Array.from({ length: +count }, (_, seed) => ({ _id: seed, value: generate(random(seed), 0) }));
    await database.collection(to).insertMany(documents, { ignoreUndefined: false });
  },
  // Canonical extended JSON of each document.
  async print(from) {
    for await (const document of all(from)) console.log(bson.EJSON.stringify(document, { relaxed: false }));
  },
  // Documents given as extended JSON.
  async insert(to, json) {
    await database.collection(to).insertMany(bson.EJSON.parse(json, { relaxed: false }));
  },
};

try {
  await commands[command](...rest);
} finally {
  await client.close();
}
