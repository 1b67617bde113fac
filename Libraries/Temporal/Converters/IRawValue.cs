using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>A value that stays unconverted; usable as parameter and as result.</summary>
public interface IRawValue
{
    /// <summary>The payload.</summary>
    Payload Payload { get; }
}
