using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Decodes every name to a string.</summary>
public class Utf8NameDecoder : INameDecoder
{
    public static Utf8NameDecoder Instance { get; } = new();

    public string Decode(BsonStream stream, UTF8Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Utf8Helper.Decode(stream.ReadCStringBytes(), encoding);
    }

    public void Inform(string name) { }
}
