namespace MongoDB.Bson.IO;

/// <summary>Settings of <see cref="BsonDocumentReader"/>.</summary>
public class BsonDocumentReaderSettings : BsonReaderSettings
{

    public static BsonDocumentReaderSettings Defaults { get; set; } = new();

    public new BsonDocumentReaderSettings Clone() => (BsonDocumentReaderSettings)CloneImplementation();

    protected override BsonReaderSettings CloneImplementation() => (BsonReaderSettings)MemberwiseClone();
}
