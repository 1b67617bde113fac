using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Decodes names of elements, perhaps without making a string of each.</summary>
public interface INameDecoder
{
    string Decode(BsonStream stream, UTF8Encoding encoding);

    /// <summary>Tells the name where the reader has it already.</summary>
    void Inform(string name);
}
