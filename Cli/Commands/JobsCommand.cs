using System.CommandLine;
using ImageLibrary.Api.Jobs;
using ImageLibrary.Cli.Remote;
using ImageLibrary.Cli.Settings;
using ImageLibrary.Core;

namespace ImageLibrary.Cli.Commands;

/// <summary><c>jobs</c>: lists and steers the jobs of a running server.</summary>
internal static class JobsCommand
{
    private static readonly Argument<string> Job = new("JOB") { Description = "Id of the job, or its workflow id." };

    private static readonly Option<string?> State = Filter<JobState>("--state", "Only jobs in this state.");
    private static readonly Option<string?> Type = Filter<JobType>("--type", "Only jobs of this type.");

    public static Command Create() => List(new("jobs", "Shows and steers the jobs of a running server; alone it lists them.")
    {
        List(new("list", "Lists jobs, newest first.")),
        OfJob("show", "Shows a job.", async (server, job, json, token) =>
        {
            Output.Write(await server.GetAsync<JobDto>(Path(job), token), json, JobText.Line);
            return ExitCodes.Done;
        }),
        OfJob("failures", "Lists what a job could not show.", FailuresAsync),
        OfJob("watch", "Follows a job to its end.", async (server, job, json, token) =>
            Output.ExitCode(await Output.FollowAsync(server.WatchAsync($"{Path(job)}/events", token), json))),
        Request("pause", "Pauses a job within its running pictures."),
        Request("resume", "Lets a paused job go on."),
        Request("cancel", "Cancels a job within its running pictures."),
    });

    private static Command List(Command command)
    {
        ServerConnection.WithOptions(command);
        command.Options.Add(State);
        command.Options.Add(Type);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var server = ServerConnection.Open(parsed);
            await foreach (var job in server.ListAsync<JobDto>($"jobs{Query(parsed)}", cancellationToken))
            {
                Output.Write(job, parsed.GetValue(ServeOptions.Json), found => $"{found.Id}  {JobText.Line(found)}");
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<string?> Filter<T>(string name, string description)
        where T : struct, Enum
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong([.. Enum.GetValues<T>().Select(JobText.Word)]);
        return option;
    }

    private static string Query(ParseResult parsed)
    {
        var filters = new[] { State, Type }.Where(option => parsed.GetValue(option) is not null)
            .Select(option => $"{option.Name.TrimStart('-')}={Uri.EscapeDataString(parsed.GetValue(option)!)}");
        return string.Join('&', filters) is { Length: > 0 } query ? $"?{query}" : "";
    }

    private static Command Request(string verb, string description) => OfJob(verb, description, async (server, job, json, token) =>
    {
        Output.Write(await server.SendAsync<JobDto>(HttpMethod.Post, $"{Path(job)}/{verb}", null, token), json, JobText.Line);
        return ExitCodes.Done;
    });

    private static async Task<int> FailuresAsync(ServerConnection server, string job, bool json, CancellationToken cancellationToken)
    {
        await foreach (var failure in server.ListAsync<JobFailureDto>($"{Path(job)}/failures", cancellationToken))
        {
            Output.Write(failure, json, found => $"{JobText.Word(found.Class)}  {found.Path}: {found.Message}");
        }
        return ExitCodes.Done;
    }

    private static Command OfJob(string name, string description, Func<ServerConnection, string, bool, CancellationToken, Task<int>> run)
    {
        var command = ServerConnection.WithOptions(new Command(name, description) { Job });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var server = ServerConnection.Open(parsed);
            return await run(server, parsed.GetValue(Job)!, parsed.GetValue(ServeOptions.Json), cancellationToken);
        });
        return command;
    }

    private static string Path(string job) => $"jobs/{Uri.EscapeDataString(job)}";
}
