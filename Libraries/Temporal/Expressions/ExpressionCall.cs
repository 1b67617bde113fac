using System.Linq.Expressions;
using System.Reflection;

namespace Temporalio.Expressions;

/// <summary>
/// Takes a lambda that consists of one call apart into the method and the argument values. Captured variables are
/// read by reflection; only an argument that is a computation is interpreted, nothing is compiled.
/// </summary>
internal static class ExpressionCall
{
    /// <summary>Reads the call.</summary>
    /// <param name="lambda">A static call without parameter, or an instance call on the lambda's only parameter.</param>
    /// <returns>The most derived method on the parameter's type, and the values of the arguments.</returns>
    /// <exception cref="ArgumentException">The lambda has another form.</exception>
    public static (MethodInfo Method, IReadOnlyCollection<object?> Args) Read(LambdaExpression lambda)
    {
        if (lambda.Body is not MethodCallExpression call)
        {
            throw new ArgumentException("Expression must be a single method call", nameof(lambda));
        }
        var arguments = new object?[call.Arguments.Count];
        for (var index = 0; index < arguments.Length; index++)
        {
            arguments[index] = Evaluate(call.Arguments[index]);
        }
        return (Method(lambda, call), arguments);
    }

    /// <summary>Reads a lambda that is an access to a property of its parameter, null when it is something else.</summary>
    public static PropertyInfo? ReadProperty(LambdaExpression lambda) =>
        lambda.Body is MemberExpression { Member: PropertyInfo property } ? property : null;

    private static MethodInfo Method(LambdaExpression lambda, MethodCallExpression call)
    {
        if (call.Object == null)
        {
            return lambda.Parameters.Count == 0
                ? call.Method
                : throw new ArgumentException("Static call expression must not have a lambda parameter", nameof(lambda));
        }
        if (lambda.Parameters is not [{ IsByRef: false } parameter] || call.Object != parameter)
        {
            throw new ArgumentException("Instance call expression must have a single lambda parameter used for the call", nameof(lambda));
        }
        // The compiler names the type that declares the method; attributes count on the one that the caller named.
        return call.Method.ReflectedType == parameter.Type
            ? call.Method
            : parameter.Type.GetMethod(
                call.Method.Name,
                BindingFlags.Public | BindingFlags.Instance,
                [.. call.Method.GetParameters().Select(argument => argument.ParameterType)]) ?? call.Method;
    }

    private static object? Evaluate(Expression expression)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                return constant.Value;
            case MemberExpression { Member: FieldInfo field } member when member.Expression == null || Reads(member.Expression):
                return field.GetValue(member.Expression == null ? null : Evaluate(member.Expression));
            case MemberExpression { Member: PropertyInfo property } member when member.Expression == null || Reads(member.Expression):
                return property.GetValue(
                    member.Expression == null ? null : Evaluate(member.Expression), BindingFlags.DoNotWrapExceptions, null, null, null);
            case UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert
                when !convert.Type.IsValueType && !convert.Operand.Type.IsValueType:
                return Evaluate(convert.Operand);
            default:
                var boxed = Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object)));
                return boxed.Compile(preferInterpretation: true)();
        }
    }

    // A chain of reads from a captured variable or a static.
    private static bool Reads(Expression expression) => expression switch
    {
        ConstantExpression => true,
        MemberExpression member => member.Expression == null || Reads(member.Expression),
        _ => false,
    };
}
