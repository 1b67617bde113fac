namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Reads documents with a few fixed elements.</summary>
public class SerializerHelper
{
    private readonly Member[] _members;
    private readonly long _requiredFlags;
    private readonly long _extraFlag;

    /// <param name="members">The elements; one of the name * takes all that are not named.</param>
    public SerializerHelper(params Member[] members)
    {
        ArgumentNullException.ThrowIfNull(members);
        _members = [.. members.Where(member => member.ElementName != "*")];
        _extraFlag = members.FirstOrDefault(member => member.ElementName == "*")?.Flag ?? 0;
        foreach (var member in _members)
        {
            _requiredFlags |= member.IsOptional ? 0 : member.Flag;
        }
    }

    /// <summary>Calls the handler, which must read the value, for each element, and returns the flags of those that came.</summary>
    /// <exception cref="BsonSerializationException">An element is unknown or missing.</exception>
    public long DeserializeMembers(BsonDeserializationContext context, Action<string, long> memberHandler)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(memberHandler);
        var reader = context.Reader;
        var found = 0L;
        reader.ReadStartDocument();
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            var name = reader.ReadName(IO.Utf8NameDecoder.Instance);
            var flag = Array.Find(_members, member => member.ElementName == name)?.Flag ?? _extraFlag;
            if (flag == 0)
            {
                throw new BsonSerializationException($"The element '{name}' is not known here.");
            }
            memberHandler(name, flag);
            found |= flag;
        }
        reader.ReadEndDocument();
        var missing = _requiredFlags & ~found;
        return missing == 0 ? found
            : throw new BsonSerializationException($"The element '{Array.Find(_members, member => (member.Flag & missing) != 0).ElementName}' is missing.");
    }

    /// <summary>An element that may come.</summary>
    public class Member
    {
        /// <param name="elementName">Its name.</param>
        /// <param name="flag">One bit, another one for each element.</param>
        /// <param name="isOptional">Whether it may be missing.</param>
        public Member(string elementName, long flag, bool isOptional = false)
        {
            ArgumentException.ThrowIfNullOrEmpty(elementName);
            if (!long.IsPow2(flag) && flag != long.MinValue)
            {
                throw new ArgumentException($"The flag {flag:x} is not a single bit.", nameof(flag));
            }
            ElementName = elementName;
            Flag = flag;
            IsOptional = isOptional;
        }

        public long Flag { get; }

        public string ElementName { get; }

        public bool IsOptional { get; }
    }
}
