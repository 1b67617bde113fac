using System.Reflection;

namespace Temporalio.Worker.Interceptors;

/// <summary>Input of the run method.</summary>
/// <param name="Instance">The workflow.</param>
/// <param name="RunMethod">Its run method.</param>
/// <param name="Args">Arguments.</param>
public record ExecuteWorkflowInput(object Instance, MethodInfo RunMethod, object?[] Args);
