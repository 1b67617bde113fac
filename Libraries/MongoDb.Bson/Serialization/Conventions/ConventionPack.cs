using System.Collections;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>A list of conventions.</summary>
public class ConventionPack : IConventionPack, IEnumerable<IConvention>
{
    private readonly List<IConvention> _conventions = [];

    public IEnumerable<IConvention> Conventions => _conventions;

    public void Add(IConvention convention)
    {
        ArgumentNullException.ThrowIfNull(convention);
        _conventions.Add(convention);
    }

    public void AddClassMapConvention(string name, Action<BsonClassMap> action) => Add(new DelegateClassMapConvention(name, action));

    public void AddMemberMapConvention(string name, Action<BsonMemberMap> action) => Add(new DelegateMemberMapConvention(name, action));

    public void AddPostProcessingConvention(string name, Action<BsonClassMap> action) => Add(new DelegatePostProcessingConvention(name, action));

    public void AddRange(IEnumerable<IConvention> conventions) => _conventions.AddRange(conventions);

    public void Append(IConventionPack other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _conventions.AddRange(other.Conventions);
    }

    public IEnumerator<IConvention> GetEnumerator() => _conventions.GetEnumerator();

    public void InsertAfter(string name, IConvention convention) => _conventions.Insert(Find(name) + 1, convention);

    public void InsertBefore(string name, IConvention convention) => _conventions.Insert(Find(name), convention);

    public void Remove(string name) => _conventions.RemoveAll(convention => convention.Name == name);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(string name)
    {
        var index = _conventions.FindIndex(convention => convention.Name == name);
        return index >= 0 ? index : throw new ArgumentOutOfRangeException(nameof(name), $"There is no convention {name}.");
    }
}
