namespace Temporalio.Activities;

/// <summary>Marks a method that can be run as an activity.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ActivityAttribute : Attribute
{
    /// <summary>Names the activity after its method, without a trailing <c>Async</c>.</summary>
    public ActivityAttribute()
    {
    }

    /// <summary>Names the activity.</summary>
    /// <param name="name">The name.</param>
    public ActivityAttribute(string name) => Name = name;

    /// <summary>The name given, null for the method's.</summary>
    public string? Name { get; }

    /// <summary>Whether it takes every activity that has no method of its own. Its only parameter is an array of raw values.</summary>
    public bool Dynamic { get; set; }
}
