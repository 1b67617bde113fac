using System.Security.Cryptography;
using ImageLibrary.Core;
using MongoDB.Bson;
using MongoDB.Driver;
using static ImageLibrary.Storage.Mongo.Expressions;

namespace ImageLibrary.Storage.Mongo;

public sealed partial class MongoLibraryStore
{
    /// <inheritdoc/>
    public Task<AccessKeys> ShareAccessAsync(AccessToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        return RunAsync(async () =>
        {
            var entry = new BsonDocument { { "name", token.Name }, { "role", token.Role.ToString() }, { "hash", token.Hash } };
            var others = Filter(OrEmpty("$tokens"), Call("$ne", "$$this.name", Literal(token.Name)));
            var shared = Set(new BsonDocument
            {
                { "key", Call("$ifNull", "$key", new BsonBinaryData(RandomNumberGenerator.GetBytes(AccessKeys.SigningKeyBytes))) },
                { "tokens", Call("$concatArrays", others, new BsonArray { Literal(entry) }) },
            });
            return ReadAccess(await _meta.FindOneAndUpdateAsync(
                MetaDocuments.Access,
                Builders<BsonDocument>.Update.Pipeline(PipelineDefinition<BsonDocument, BsonDocument>.Create(shared)),
                new FindOneAndUpdateOptions<BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After },
                cancellationToken).ConfigureAwait(false));
        });
    }

    /// <inheritdoc/>
    public Task<AccessKeys> GetAccessAsync(CancellationToken cancellationToken = default) => RunAsync(
        async () => await _meta.Find(MetaDocuments.Access).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is { } access
            ? ReadAccess(access)
            : new AccessKeys([], []));

    private static AccessKeys ReadAccess(BsonDocument document)
    {
        var fields = new Fields(document);
        return new AccessKeys(
            fields.OptionalBytes("key") ?? [],
            [
                .. fields.Children("tokens").Select(token => new AccessToken(
                    token.Text("name"), token.Enum<AccessRole>("role"), token.OptionalBytes("hash") ?? [])),
            ]);
    }
}
