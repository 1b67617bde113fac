namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>The conventions that hold unless the application changes them.</summary>
public class DefaultConventionPack : IConventionPack
{
    private DefaultConventionPack() { }

    public static IConventionPack Instance { get; } = new DefaultConventionPack();

    public IEnumerable<IConvention> Conventions { get; } =
    [
        new ReadWriteMemberFinderConvention(),
        new NamedIdMemberConvention("Id", "id", "_id"),
        new NamedExtraElementsMemberConvention("ExtraElements"),
        new IgnoreExtraElementsConvention(false),
        new ImmutableTypeClassMapConvention(),
        new NamedParameterCreatorMapConvention(),
        new StringObjectIdIdGeneratorConvention(),
        new LookupIdGeneratorConvention(),
    ];
}
