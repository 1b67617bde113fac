namespace Temporalio.Converters;

/// <summary>Options of <see cref="DefaultFailureConverter" />.</summary>
public class DefaultFailureConverterOptions : ICloneable
{
    /// <summary>
    /// Whether message and stack trace move into a payload, so that a codec encrypts them as well. Default false.
    /// </summary>
    public bool EncodeCommonAttributes { get; set; }

    /// <inheritdoc />
    public virtual object Clone() => MemberwiseClone();
}
