namespace MongoDB.Bson.IO;

/// <summary>Settings of <see cref="BsonDocumentWriter"/>.</summary>
public class BsonDocumentWriterSettings : BsonWriterSettings
{

    public static BsonDocumentWriterSettings Defaults { get; set; } = new();

    public new BsonDocumentWriterSettings Clone() => (BsonDocumentWriterSettings)CloneImplementation();

    protected override BsonWriterSettings CloneImplementation() => (BsonWriterSettings)MemberwiseClone();
}
