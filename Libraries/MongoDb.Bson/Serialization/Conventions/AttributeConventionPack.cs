using System.Reflection;
using MongoDB.Bson.Serialization.Attributes;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Has the attributes of classes, members and constructors change their maps.</summary>
public class AttributeConventionPack : IConventionPack
{
    private AttributeConventionPack() { }

    public static IConventionPack Instance { get; } = new AttributeConventionPack();

    public IEnumerable<IConvention> Conventions { get; } = [new AttributeConvention()];

    private sealed class AttributeConvention :
        ConventionBase, IClassMapConvention, ICreatorMapConvention, IMemberMapConvention, IPostProcessingConvention
    {
        private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        private const BindingFlags DeclaredStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

        public void Apply(BsonClassMap classMap)
        {
            foreach (var attribute in AttributesOf<IBsonClassMapAttribute>(classMap.ClassType))
            {
                attribute.Apply(classMap);
            }
            MapMarkedMembers(classMap);
            foreach (var memberMap in classMap.DeclaredMemberMaps.Where(map => map.MemberInfo.IsDefined(typeof(BsonIgnoreAttribute), inherit: false)).ToList())
            {
                classMap.UnmapMember(memberMap.MemberInfo);
            }
            RequireSingleAttributes(classMap);
        }

        public void Apply(BsonCreatorMap creatorMap)
        {
            foreach (var attribute in creatorMap.MemberInfo == null ? [] : AttributesOf<IBsonCreatorMapAttribute>(creatorMap.MemberInfo))
            {
                attribute.Apply(creatorMap);
            }
        }

        // The serializer comes first, since other attributes change it.
        public void Apply(BsonMemberMap memberMap)
        {
            foreach (var attribute in AttributesOf<IBsonMemberMapAttribute>(memberMap.MemberInfo).OrderBy(attribute => attribute is BsonSerializerAttribute ? 0 : 1))
            {
                attribute.Apply(memberMap);
            }
        }

        public void PostProcess(BsonClassMap classMap)
        {
            foreach (var attribute in AttributesOf<IBsonPostProcessingAttribute>(classMap.ClassType))
            {
                attribute.PostProcess(classMap);
            }
        }

        private static IEnumerable<T> AttributesOf<T>(MemberInfo member) => member.GetCustomAttributes(inherit: false).OfType<T>();

        // What has an attribute is mapped even where it is private or has no setter.
        private static void MapMarkedMembers(BsonClassMap classMap)
        {
            var type = classMap.ClassType;
            foreach (var member in type.GetFields(Declared).Concat<MemberInfo>(type.GetProperties(Declared)))
            {
                if (AttributesOf<IBsonMemberMapAttribute>(member).Any())
                {
                    classMap.MapMember(member);
                }
            }
            foreach (var constructor in type.GetConstructors(Declared).Where(constructor => AttributesOf<IBsonCreatorMapAttribute>(constructor).Any()))
            {
                classMap.MapConstructor(constructor);
            }
            foreach (var method in type.GetMethods(DeclaredStatic).Where(method => AttributesOf<IBsonCreatorMapAttribute>(method).Any()))
            {
                classMap.MapFactoryMethod(method);
            }
        }

        private static void RequireSingleAttributes(BsonClassMap classMap)
        {
            var seen = new HashSet<Type>();
            foreach (var attribute in classMap.DeclaredMemberMaps.SelectMany(map => AttributesOf<IBsonMemberMapAttribute>(map.MemberInfo)))
            {
                var type = attribute.GetType();
                var isSingle = type.GetCustomAttribute<BsonMemberMapAttributeUsageAttribute>(inherit: true) is { AllowMultipleMembers: false };
                if (isSingle && !seen.Add(type))
                {
                    throw new DuplicateBsonMemberMapAttributeException($"Only one member of {classMap.ClassType.FullName} may have the attribute {type.Name}.");
                }
            }
        }
    }
}
