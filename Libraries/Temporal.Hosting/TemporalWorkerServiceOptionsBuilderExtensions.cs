using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Temporalio.Extensions.Hosting;

/// <summary>What a hosted worker runs.</summary>
public static class TemporalWorkerServiceOptionsBuilderExtensions
{
    /// <summary>Adds the activities of a type of which there is one instance.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="builder">The worker.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddSingletonActivities<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.AddSingletonActivities(typeof(T));

    /// <summary>Adds the activities of a type of which there is one instance.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddSingletonActivities(this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddSingleton(type);
        return builder.ApplyTemporalActivities(type);
    }

    /// <summary>Adds the activities of a type of which each attempt's scope has an instance.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="builder">The worker.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddScopedActivities<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.AddScopedActivities(typeof(T));

    /// <summary>Adds the activities of a type of which each attempt's scope has an instance.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddScopedActivities(this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddScoped(type);
        return builder.ApplyTemporalActivities(type);
    }

    /// <summary>Adds the activities of a type of which each attempt makes an instance.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="builder">The worker.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddTransientActivities<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.AddTransientActivities(typeof(T));

    /// <summary>Adds the activities of a type of which each attempt makes an instance.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddTransientActivities(this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddTransient(type);
        return builder.ApplyTemporalActivities(type);
    }

    /// <summary>Adds the static activities of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="builder">The worker.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddStaticActivities<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.AddStaticActivities(typeof(T));

    /// <summary>Adds the static activities of a type.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddStaticActivities(this ITemporalWorkerServiceOptionsBuilder builder, Type type) =>
        builder.ConfigureOptions(options => options.AddAllActivities(type, null));

    /// <summary>Adds the activities of an instance.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="builder">The worker.</param>
    /// <param name="instance">The instance.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddActivitiesInstance<T>(this ITemporalWorkerServiceOptionsBuilder builder, T instance) =>
        builder.AddActivitiesInstance(typeof(T), instance!);

    /// <summary>Adds the activities of an instance.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type.</param>
    /// <param name="instance">The instance.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddActivitiesInstance(this ITemporalWorkerServiceOptionsBuilder builder, Type type, object instance) =>
        builder.ConfigureOptions(options => options.AddAllActivities(type, instance));

    /// <summary>Adds a workflow.</summary>
    /// <typeparam name="T">The workflow's type.</typeparam>
    /// <param name="builder">The worker.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddWorkflow<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.AddWorkflow(typeof(T));

    /// <summary>Adds a workflow.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The workflow's type.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddWorkflow(this ITemporalWorkerServiceOptionsBuilder builder, Type type) =>
        builder.ConfigureOptions(options => options.AddWorkflow(type));

    /// <summary>Adds the activities of a type that is among the host's services already.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="builder">The worker.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder ApplyTemporalActivities<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.ApplyTemporalActivities(typeof(T));

    /// <summary>Adds the activities of a type that is among the host's services already.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type.</param>
    /// <returns>The worker.</returns>
    public static ITemporalWorkerServiceOptionsBuilder ApplyTemporalActivities(this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.ConfigureOptions().Configure<IServiceProvider>((options, provider) =>
        {
            foreach (var definition in provider.CreateTemporalActivityDefinitions(type))
            {
                options.AddActivity(definition);
            }
        });
        return builder;
    }

    /// <summary>Gives the options of the worker.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="disallowDuplicates">Whether it is an error that the options were asked for before.</param>
    /// <returns>The options.</returns>
    /// <exception cref="InvalidOperationException">They were asked for before.</exception>
    public static OptionsBuilder<TemporalWorkerServiceOptions> ConfigureOptions(
        this ITemporalWorkerServiceOptionsBuilder builder, bool disallowDuplicates = false)
    {
        var version = builder.DeploymentOptions?.Version?.ToCanonicalString();
        var name = TemporalWorkerServiceOptions.Name(builder.TaskQueue, version);
        if (disallowDuplicates && builder.Services.Any(service =>
            !service.IsKeyedService && service.ImplementationInstance is ConfigureNamedOptions<TemporalWorkerServiceOptions> existing && existing.Name == name))
        {
            throw new InvalidOperationException(
                $"Worker service for task queue '{builder.TaskQueue}' and version '{version ?? "<unset>"}' already on collection");
        }
        return builder.Services.AddOptions<TemporalWorkerServiceOptions>(name);
    }

    /// <summary>Configures the options of the worker.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="disallowDuplicates">Whether it is an error that the options were asked for before.</param>
    /// <returns>The worker.</returns>
    /// <exception cref="InvalidOperationException">They were asked for before.</exception>
    public static ITemporalWorkerServiceOptionsBuilder ConfigureOptions(
        this ITemporalWorkerServiceOptionsBuilder builder, Action<TemporalWorkerServiceOptions> configure, bool disallowDuplicates = false)
    {
        builder.ConfigureOptions(disallowDuplicates).Configure(configure);
        return builder;
    }
}
