using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Tests that say how fast something is: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
