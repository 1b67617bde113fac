using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ImageLibrary.Api.Files;
using ImageLibrary.Api.Json;

namespace ImageLibrary.Cli.Serving;

/// <summary>The data folder of one server, owned as long as this object lives.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;

    /// <summary>Name of the file whose lock means that a folder is in use.</summary>
    public const string LockFileName = "lock";

    /// <summary>Folder of what each of the processes that share a data folder notes.</summary>
    private const string Processes = "processes";

    private const int MostProcesses = 1_000;

    // Linux' EAGAIN, which .NET hands out as the low half of an IOException's HResult.
    private const int LockIsHeld = 11;

    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held, string state)
    {
        Path = path;
        _lock = held;
        State = state;
    }

    public string Path { get; }

    /// <summary>Folder for what this process alone notes; the data folder itself unless others share it.</summary>
    public string State { get; }

    public string Store => System.IO.Path.Combine(Path, "library.db");

    public string Engine => System.IO.Path.Combine(Path, "engine.db");

    public string Cache => System.IO.Path.Combine(Path, "cache");

    public string Sample => System.IO.Path.Combine(Path, "sample");

    private string ServerFile => System.IO.Path.Combine(Path, ServerFileName);

    private const string ServerFileName = "server.json";

    /// <summary>Creates the folder where needed and takes it.</summary>
    /// <exception cref="UserException">It cannot be used, is in use, or lies on a network file system.</exception>
    public static DataFolder Take(string path, bool forceNetwork)
    {
        try
        {
            Directory.CreateDirectory(path, PrivateFolder);
            if (!forceNetwork && FileSystems.NameOf(path) is { } fileSystem && FileSystems.IsNetwork(fileSystem))
            {
                throw new UserException(
                    $"the data folder {path} lies on a network file system ({fileSystem}), where databases get damaged; choose another one by --data, or insist with --force-network-data");
            }
            return new DataFolder(path, Lock(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, e);
        }
    }

    /// <summary>Takes a part of a folder that several processes share; one that starts again finds the part of one that ended.</summary>
    /// <exception cref="UserException">It cannot be used.</exception>
    public static DataFolder Share(string path)
    {
        try
        {
            for (var number = 1; ; number++)
            {
                var state = System.IO.Path.Combine(path, Processes, number.ToString(CultureInfo.InvariantCulture));
                Directory.CreateDirectory(state, PrivateFolder);
                if ((number < MostProcesses ? TryHold(state) : Hold(state)) is { } held)
                {
                    return new DataFolder(path, held, state);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, e);
        }
    }

    /// <summary>What a running server has written, or null.</summary>
    public static ServerFile? ReadServer(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerFile>(File.ReadAllBytes(System.IO.Path.Combine(path, ServerFileName)), ApiJson.Options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The administrator's token; made at the first start.</summary>
    /// <exception cref="UserException">It cannot be read or written.</exception>
    public string AdminToken()
    {
        var file = System.IO.Path.Combine(Path, "admin-token");
        try
        {
            // Processes that share the folder may start at once: one makes the token, the others wait for it.
            using var turn = State == Path ? null : WaitForTurn();
            if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: >= 16 } token)
            {
                return token;
            }
            var made = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            Write(file, made);
            return made;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path, e);
        }
    }

    /// <summary>Tells other programs where the server is.</summary>
    /// <exception cref="UserException">It cannot be written.</exception>
    public void WriteServer(ServerFile server)
    {
        try
        {
            Write(ServerFile, JsonSerializer.Serialize(server, ApiJson.Options));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path, e);
        }
    }

    /// <summary>Removes what <see cref="WriteServer"/> wrote; not after a crash, when the next start wants the same ports.</summary>
    public void RemoveServer() => File.Delete(ServerFile);

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            return Hold(path);
        }
        catch (IOException e) when (IsHeld(e))
        {
            var owner = ReadServer(path);
            throw new UserException(
                $"the data folder {path} is in use by another imagelibrary{(owner is null ? "" : $" at {owner.Url} (process {owner.ProcessId})")}; stop that one, or choose another folder by --data",
                inner: e);
        }
    }

    private static FileStream Hold(string path) => new(
        System.IO.Path.Combine(path, LockFileName),
        new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = PrivateFile });

    private FileStream WaitForTurn()
    {
        FileStream? turn = null;
        SpinWait.SpinUntil(() => (turn = TryHold(System.IO.Path.Combine(Path, Processes))) is not null, LongestTurn);
        return turn ?? throw new IOException($"another process has been making the token for {LongestTurn.TotalSeconds:0} s");
    }

    private static FileStream? TryHold(string path)
    {
        try
        {
            return Hold(path);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    // Written whole under another name: nobody reads half of it, and it is private from the first byte on.
    private static void Write(string file, string text)
    {
        var temporary = $"{file}.{Environment.ProcessId}";
        try
        {
            File.Delete(temporary);
            using (var stream = new FileStream(
                temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = PrivateFile }))
            using (var writer = new StreamWriter(stream))
            {
                writer.Write(text + "\n");
            }
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static bool IsHeld(IOException e) => (e.HResult & 0xFFFF) == LockIsHeld;

    private static UserException Unusable(string path, Exception e) => new($"the data folder {path} cannot be used: {e.Message}", inner: e);
}

/// <summary>Where a running server is.</summary>
/// <param name="Url">Address of page and API.</param>
/// <param name="Token">The administrator's token.</param>
/// <param name="EngineAddress">Host and port of the engine.</param>
/// <param name="ProcessId">Process that serves.</param>
internal sealed record ServerFile(string Url, string Token, string EngineAddress, int ProcessId);
