using Xunit;

namespace ImageLibrary.Tests.Archives;

/// <summary>Tests that measure what the process uses: no other test runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
