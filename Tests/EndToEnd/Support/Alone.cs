using Xunit;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Tests that say how fast something is: nothing else may run beside them. Their trait <c>alone</c> tells <c>./test</c>.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
