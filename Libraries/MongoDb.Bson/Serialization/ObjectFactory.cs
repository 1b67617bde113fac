using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MongoDB.Bson.Serialization;

/// <summary>Makes objects of a class: empty ones, or by the creator whose arguments are there.</summary>
internal sealed class ObjectFactory<TClass>
{
    // The slots of the last object that this thread made; nested objects of the same class get new ones.
    [ThreadStatic]
    private static MemberSlot[] _spareSlots;

    [ThreadStatic]
    private static ObjectFactory<TClass> _spareOwner;

    private readonly BsonClassMap _classMap;
    private readonly MemberCodec<TClass>[] _members;
    private readonly Creator[] _creators;
    private Func<TClass> _create;

    public ObjectFactory(BsonClassMap classMap, MemberCodec<TClass>[] members)
    {
        _classMap = classMap;
        _members = members;
        _creators = [.. classMap.CreatorMaps.Select(CompileCreator).OrderByDescending(creator => creator.Arguments.Length)];
    }

    public bool UsesCreators => _creators.Length > 0;

    public TClass Create() => (_create ??= CompileCreate())();

    public MemberSlot[] RentSlots()
    {
        var slots = _spareSlots;
        _spareSlots = null;
        return slots != null && _spareOwner == this ? slots : [.. _members.Select(member => member.CreateSlot())];
    }

    public void ReturnSlots(MemberSlot[] slots)
    {
        foreach (var slot in slots)
        {
            slot.Clear();
        }
        _spareSlots = slots;
        _spareOwner = this;
    }

    /// <exception cref="BsonSerializationException">No creator has all of its arguments.</exception>
    public TClass Create(MemberSlot[] slots, ReadOnlySpan<ulong> seen)
    {
        var creator = ChooseCreator(seen) ??
            throw new BsonSerializationException($"The document does not have the arguments of any creator of {typeof(TClass).FullName}.");
        foreach (var index in creator.Arguments)
        {
            if (!IsSeen(seen, index))
            {
                _members[index].ApplyDefault(slots[index]);
            }
        }
        var obj = creator.Create(slots);
        for (var index = 0; index < _members.Length; index++)
        {
            if (creator.IsArgument[index])
            {
                continue;
            }
            if (IsSeen(seen, index))
            {
                _members[index].Set(ref obj, slots[index]);
            }
            else
            {
                _members[index].ApplyDefault(ref obj);
            }
        }
        return obj;
    }

    private static bool IsSeen(ReadOnlySpan<ulong> seen, int index) => (seen[index >> 6] & (1UL << (index & 63))) != 0;

    // The creator that takes the most of the elements that came.
    private Creator ChooseCreator(ReadOnlySpan<ulong> seen)
    {
        Creator best = null;
        var bestCount = -1;
        foreach (var creator in _creators)
        {
            var count = 0;
            foreach (var index in creator.Arguments)
            {
                if (IsSeen(seen, index))
                {
                    count++;
                }
                else if (!_members[index].Map.IsDefaultValueSpecified)
                {
                    count = -1;
                    break;
                }
            }
            if (count > bestCount)
            {
                (best, bestCount) = (creator, count);
            }
        }
        return best;
    }

    private Func<TClass> CompileCreate()
    {
        if (_classMap.CustomCreator is { } custom)
        {
            return () => (TClass)custom();
        }
        var type = typeof(TClass);
        if (type.IsAbstract)
        {
            throw new BsonSerializationException($"{type.FullName} is abstract; the document does not say which subclass it is.");
        }
        if (type.IsValueType)
        {
            return () => default;
        }
        var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes);
        return constructor != null
            ? Expression.Lambda<Func<TClass>>(Expression.New(constructor)).Compile()
            : static () => (TClass)RuntimeHelpers.GetUninitializedObject(typeof(TClass));
    }

    private Creator CompileCreator(BsonCreatorMap map)
    {
        int[] arguments = [.. map.ElementNames.Select(_classMap.ElementNames.IndexOf)];
        var slots = Expression.Parameter(typeof(MemberSlot[]));
        var values = arguments.Select((index, position) =>
        {
            var slotType = typeof(MemberSlot<>).MakeGenericType(_members[index].Map.MemberType);
            var value = Expression.Field(
                Expression.Convert(Expression.ArrayIndex(slots, Expression.Constant(index)), slotType), nameof(MemberSlot<int>.Value));
            return value.Type == map.ParameterTypes[position] ? (Expression)value : Expression.Convert(value, map.ParameterTypes[position]);
        }).ToArray();
        Expression create = map.MemberInfo switch
        {
            ConstructorInfo constructor => Expression.New(constructor, values),
            MethodInfo method => Expression.Call(method, values),
            _ => Expression.Invoke(Expression.Constant(map.Delegate), values),
        };
        create = create.Type == typeof(TClass) ? create : Expression.Convert(create, typeof(TClass));
        var isArgument = new bool[_members.Length];
        foreach (var index in arguments)
        {
            isArgument[index] = true;
        }
        return new Creator(arguments, isArgument, Expression.Lambda<Func<MemberSlot[], TClass>>(create, slots).Compile());
    }

    private sealed record Creator(int[] Arguments, bool[] IsArgument, Func<MemberSlot[], TClass> Create);
}
