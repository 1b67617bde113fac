namespace MongoDB.Bson;

/// <summary>Tells linkers of mobile platforms to keep what it marks.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class PreserveAttribute : Attribute
{
    public bool AllMembers;
    public bool Conditional;
}
