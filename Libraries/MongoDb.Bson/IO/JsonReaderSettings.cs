namespace MongoDB.Bson.IO;

/// <summary>Settings of <see cref="JsonReader"/>.</summary>
public class JsonReaderSettings : BsonReaderSettings
{

    public static JsonReaderSettings Defaults { get; set; } = new();

    public new JsonReaderSettings Clone() => (JsonReaderSettings)CloneImplementation();

    protected override BsonReaderSettings CloneImplementation() => (BsonReaderSettings)MemberwiseClone();
}
