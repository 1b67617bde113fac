using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Dynamic;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MongoDB.Bson.Serialization.Serializers;

/// <content>The types that are allowed unless the application says otherwise.</content>
public sealed partial class ObjectSerializer
{
    private static readonly HashSet<Type> SimpleTypes =
    [
        typeof(bool), typeof(byte), typeof(char), typeof(DateOnly), typeof(DateTime), typeof(DateTimeOffset), typeof(decimal), typeof(double),
        typeof(Guid), typeof(Half), typeof(short), typeof(int), typeof(long), typeof(object), typeof(sbyte), typeof(float), typeof(string),
        typeof(TimeOnly), typeof(TimeSpan), typeof(ushort), typeof(uint), typeof(ulong), typeof(Uri), typeof(Version), typeof(CultureInfo),
        typeof(IPAddress), typeof(IPEndPoint), typeof(DnsEndPoint), typeof(Regex), typeof(ExpandoObject), typeof(ArrayList), typeof(BitArray),
        typeof(Hashtable), typeof(Queue), typeof(SortedList), typeof(Stack), typeof(ListDictionary), typeof(OrderedDictionary),
        typeof(ObjectId), typeof(Decimal128),
    ];

    private static readonly HashSet<Type> GenericTypes =
    [
        typeof(Dictionary<,>), typeof(HashSet<>), typeof(KeyValuePair<,>), typeof(LinkedList<>), typeof(List<>), typeof(Queue<>),
        typeof(SortedDictionary<,>), typeof(SortedList<,>), typeof(SortedSet<>), typeof(Stack<>), typeof(Nullable<>),
        typeof(Collection<>), typeof(KeyedCollection<,>), typeof(ObservableCollection<>), typeof(ReadOnlyCollection<>), typeof(ReadOnlyDictionary<,>),
        typeof(ImmutableArray<>), typeof(ImmutableDictionary<,>), typeof(ImmutableHashSet<>), typeof(ImmutableList<>), typeof(ImmutableQueue<>),
        typeof(ImmutableSortedDictionary<,>), typeof(ImmutableSortedSet<>), typeof(ImmutableStack<>),
    ];

    private static readonly ConcurrentDictionary<Type, bool> Decisions = new();

    private static bool IsDefaultType(Type type) => Decisions.GetOrAdd(type, Decide);

    private static bool Decide(Type type)
    {
        if (SimpleTypes.Contains(type) || typeof(BsonValue).IsAssignableFrom(type))
        {
            return true;
        }
        if (type.IsArray)
        {
            return IsDefaultType(type.GetElementType());
        }
        if (!type.IsGenericType)
        {
            return false;
        }
        var isKnown = GenericTypes.Contains(type.GetGenericTypeDefinition()) || typeof(ITuple).IsAssignableFrom(type) || type.IsAnonymousType();
        return isKnown && type.GetGenericArguments().All(IsDefaultType);
    }
}
