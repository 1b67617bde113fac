using System.Linq.Expressions;
using System.Reflection;

namespace MongoDB.Bson.Serialization;

/// <summary>The class map of a class, whose members are named by lambda expressions.</summary>
public class BsonClassMap<TClass> : BsonClassMap
{
    public BsonClassMap() : base(typeof(TClass)) { }

    public BsonClassMap(Action<BsonClassMap<TClass>> classMapInitializer) : base(typeof(TClass))
    {
        ArgumentNullException.ThrowIfNull(classMapInitializer);
        classMapInitializer(this);
    }

    public BsonClassMap(BsonClassMap baseClassMap) : base(typeof(TClass), baseClassMap) { }

    public new TClass CreateInstance() => (TClass)base.CreateInstance();

    public BsonMemberMap GetMemberMap<TMember>(Expression<Func<TClass, TMember>> memberLambda) => GetMemberMap(Member(memberLambda).Name);

    /// <summary>An expression such as <c>x =&gt; new Point(x.X, x.Y)</c>, which says both the creator and its arguments.</summary>
    public BsonCreatorMap MapCreator(Expression<Func<TClass, TClass>> creatorLambda)
    {
        ArgumentNullException.ThrowIfNull(creatorLambda);
        var visitor = new MembersToParameters(creatorLambda.Parameters[0]);
        var body = visitor.Visit(creatorLambda.Body);
        return MapCreator(Expression.Lambda(body, visitor.Parameters).Compile()).SetArguments(visitor.Members);
    }

    public BsonMemberMap MapExtraElementsField<TMember>(Expression<Func<TClass, TMember>> fieldLambda) => MapExtraElementsMember(Member(fieldLambda));

    public BsonMemberMap MapExtraElementsMember<TMember>(Expression<Func<TClass, TMember>> memberLambda) => MapExtraElementsMember(Member(memberLambda));

    public BsonMemberMap MapExtraElementsProperty<TMember>(Expression<Func<TClass, TMember>> propertyLambda) => MapExtraElementsMember(Member(propertyLambda));

    public BsonMemberMap MapField<TMember>(Expression<Func<TClass, TMember>> fieldLambda) => MapMember(Member(fieldLambda));

    public BsonMemberMap MapIdField<TMember>(Expression<Func<TClass, TMember>> fieldLambda) => MapIdMember(Member(fieldLambda));

    public BsonMemberMap MapIdMember<TMember>(Expression<Func<TClass, TMember>> memberLambda) => MapIdMember(Member(memberLambda));

    public BsonMemberMap MapIdProperty<TMember>(Expression<Func<TClass, TMember>> propertyLambda) => MapIdMember(Member(propertyLambda));

    public BsonMemberMap MapMember<TMember>(Expression<Func<TClass, TMember>> memberLambda) => MapMember(Member(memberLambda));

    public BsonMemberMap MapProperty<TMember>(Expression<Func<TClass, TMember>> propertyLambda) => MapMember(Member(propertyLambda));

    public void UnmapField<TMember>(Expression<Func<TClass, TMember>> fieldLambda) => UnmapMember(Member(fieldLambda));

    public void UnmapMember<TMember>(Expression<Func<TClass, TMember>> memberLambda) => UnmapMember(Member(memberLambda));

    public void UnmapProperty<TMember>(Expression<Func<TClass, TMember>> propertyLambda) => UnmapMember(Member(propertyLambda));

    private static MemberInfo Member<TMember>(Expression<Func<TClass, TMember>> lambda)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        var body = lambda.Body is UnaryExpression { NodeType: ExpressionType.Convert } conversion ? conversion.Operand : lambda.Body;
        if (body is not MemberExpression { Member: var member })
        {
            throw new ArgumentException($"'{lambda}' is not access to a field or property.", nameof(lambda));
        }
        // A property that implements one of an interface is mapped by its own declaration.
        return member.DeclaringType is { IsInterface: true } && !typeof(TClass).IsInterface ? typeof(TClass).GetProperty(member.Name) ?? member : member;
    }

    private sealed class MembersToParameters(ParameterExpression source) : System.Linq.Expressions.ExpressionVisitor
    {
        public List<MemberInfo> Members { get; } = [];

        public List<ParameterExpression> Parameters { get; } = [];

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node.Expression != source)
            {
                return base.VisitMember(node);
            }
            var index = Members.IndexOf(node.Member);
            if (index < 0)
            {
                index = Members.Count;
                Members.Add(node.Member);
                Parameters.Add(Expression.Parameter(node.Type, node.Member.Name));
            }
            return Parameters[index];
        }

        protected override Expression VisitParameter(ParameterExpression node) => node != source ? node
            : throw new BsonSerializationException("A creator expression may use its parameter only to name members.");
    }
}
