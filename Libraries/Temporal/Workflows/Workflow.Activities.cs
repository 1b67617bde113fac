using System.Linq.Expressions;
using Temporalio.Activities;
using Temporalio.Expressions;

namespace Temporalio.Workflows;

/// <content>Activities.</content>
public static partial class Workflow
{
    /// <summary>Executes an activity, given as a lambda that calls its static method.</summary>
    /// <param name="activityCall">A single call; its arguments become the activity's.</param>
    /// <param name="options">How it is executed.</param>
    /// <exception cref="Exceptions.ActivityFailureException">It failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteActivityAsync<TResult>(
        Expression<Func<TResult>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionCall.Read(activityCall);
        return ExecuteActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Executes an activity, given as a lambda that calls its static method.</summary>
    /// <param name="activityCall">A single call; its arguments become the activity's.</param>
    /// <param name="options">How it is executed.</param>
    /// <exception cref="Exceptions.ActivityFailureException">It failed, timed out or was cancelled.</exception>
    public static Task ExecuteActivityAsync(
        Expression<Action> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionCall.Read(activityCall);
        return ExecuteActivityAsync(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Executes an activity, given as a lambda that calls its instance method.</summary>
    /// <param name="activityCall">A single call; its arguments become the activity's.</param>
    /// <param name="options">How it is executed.</param>
    /// <exception cref="Exceptions.ActivityFailureException">It failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteActivityAsync<TActivityInstance, TResult>(
        Expression<Func<TActivityInstance, TResult>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionCall.Read(activityCall);
        return ExecuteActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Executes an activity, given as a lambda that calls its instance method.</summary>
    /// <param name="activityCall">A single call; its arguments become the activity's.</param>
    /// <param name="options">How it is executed.</param>
    /// <exception cref="Exceptions.ActivityFailureException">It failed, timed out or was cancelled.</exception>
    public static Task ExecuteActivityAsync<TActivityInstance>(
        Expression<Action<TActivityInstance>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionCall.Read(activityCall);
        return ExecuteActivityAsync(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Executes an activity, given as a lambda that calls its static method.</summary>
    /// <param name="activityCall">A single call; its arguments become the activity's.</param>
    /// <param name="options">How it is executed.</param>
    /// <exception cref="Exceptions.ActivityFailureException">It failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteActivityAsync<TResult>(
        Expression<Func<Task<TResult>>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionCall.Read(activityCall);
        return ExecuteActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Executes an activity, given as a lambda that calls its static method.</summary>
    /// <param name="activityCall">A single call; its arguments become the activity's.</param>
    /// <param name="options">How it is executed.</param>
    /// <exception cref="Exceptions.ActivityFailureException">It failed, timed out or was cancelled.</exception>
    public static Task ExecuteActivityAsync(
        Expression<Func<Task>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionCall.Read(activityCall);
        return ExecuteActivityAsync(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Executes an activity, given as a lambda that calls its instance method.</summary>
    /// <param name="activityCall">A single call; its arguments become the activity's.</param>
    /// <param name="options">How it is executed.</param>
    /// <exception cref="Exceptions.ActivityFailureException">It failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteActivityAsync<TActivityInstance, TResult>(
        Expression<Func<TActivityInstance, Task<TResult>>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionCall.Read(activityCall);
        return ExecuteActivityAsync<TResult>(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Executes an activity, given as a lambda that calls its instance method.</summary>
    /// <param name="activityCall">A single call; its arguments become the activity's.</param>
    /// <param name="options">How it is executed.</param>
    /// <exception cref="Exceptions.ActivityFailureException">It failed, timed out or was cancelled.</exception>
    public static Task ExecuteActivityAsync<TActivityInstance>(
        Expression<Func<TActivityInstance, Task>> activityCall, ActivityOptions options)
    {
        var (method, args) = ExpressionCall.Read(activityCall);
        return ExecuteActivityAsync(ActivityDefinition.NameFromMethodForCall(method), args, options);
    }

    /// <summary>Executes an activity, given by name, and ignores a result.</summary>
    /// <param name="activity">Activity type name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is executed.</param>
    /// <exception cref="Exceptions.ActivityFailureException">It failed, timed out or was cancelled.</exception>
    public static Task ExecuteActivityAsync(string activity, IReadOnlyCollection<object?> args, ActivityOptions options) =>
        Context.ExecuteActivityAsync<ValueTuple>(activity, args, options);

    /// <summary>Executes an activity, given by name.</summary>
    /// <param name="activity">Activity type name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">How it is executed.</param>
    /// <exception cref="Exceptions.ActivityFailureException">It failed, timed out or was cancelled.</exception>
    public static Task<TResult> ExecuteActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, ActivityOptions options) =>
        Context.ExecuteActivityAsync<TResult>(activity, args, options);
}
