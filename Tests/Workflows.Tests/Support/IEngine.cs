namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>An engine that the workflows run on, one per test run.</summary>
public interface IEngine
{
    /// <summary>Its address; skips the test when there is no such engine on this machine.</summary>
    string AddressOrSkip();

    /// <summary>A namespace for one library, whose workers have its task queues to themselves.</summary>
    Task<string> NamespaceAsync();
}
