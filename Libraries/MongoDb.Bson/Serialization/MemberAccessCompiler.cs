using System.Linq.Expressions;
using System.Reflection;

namespace MongoDB.Bson.Serialization;

/// <summary>Compiles access to members, private and init-only ones included.</summary>
internal static class MemberAccessCompiler
{
    public static Func<object, object> CompileGetter(MemberInfo member)
    {
        var obj = Expression.Parameter(typeof(object));
        var value = Expression.MakeMemberAccess(Expression.Convert(obj, member.DeclaringType), member);
        return Expression.Lambda<Func<object, object>>(Expression.Convert(value, typeof(object)), obj).Compile();
    }

    public static Action<object, object> CompileSetter(MemberInfo member)
    {
        var obj = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(object));
        var owner = member.DeclaringType.IsValueType
            ? Expression.Unbox(obj, member.DeclaringType)
            : Expression.Convert(obj, member.DeclaringType);
        var assignment = Expression.Assign(Expression.MakeMemberAccess(owner, member), Expression.Convert(value, BsonClassMap.GetMemberInfoType(member)));
        return Expression.Lambda<Action<object, object>>(assignment, obj, value).Compile();
    }

    public static Func<TClass, TMember> CompileGetter<TClass, TMember>(MemberInfo member)
    {
        var obj = Expression.Parameter(typeof(TClass));
        return Expression.Lambda<Func<TClass, TMember>>(Expression.MakeMemberAccess(Owner(obj, member), member), obj).Compile();
    }

    /// <summary>By reference, so that structures are set in place.</summary>
    public static MemberSetter<TClass, TMember> CompileSetter<TClass, TMember>(MemberInfo member)
    {
        var obj = Expression.Parameter(typeof(TClass).MakeByRefType());
        var value = Expression.Parameter(typeof(TMember));
        var assignment = Expression.Assign(Expression.MakeMemberAccess(Owner(obj, member), member), value);
        return Expression.Lambda<MemberSetter<TClass, TMember>>(assignment, obj, value).Compile();
    }

    private static Expression Owner(ParameterExpression obj, MemberInfo member) =>
        obj.Type == member.DeclaringType || member.DeclaringType.IsAssignableFrom(obj.Type) ? obj : Expression.Convert(obj, member.DeclaringType);
}

/// <summary>Sets a member.</summary>
internal delegate void MemberSetter<TClass, TMember>(ref TClass obj, TMember value);
