namespace Temporalio.Converters;

/// <summary>A converter or codec that can adapt itself to what a value belongs to.</summary>
/// <typeparam name="T">The converter's own type.</typeparam>
public interface IWithSerializationContext<T>
{
    /// <summary>Gives the converter for a context.</summary>
    /// <param name="context">What the value belongs to.</param>
    /// <returns>The converter, which may be this one.</returns>
    T WithSerializationContext(ISerializationContext context);
}
