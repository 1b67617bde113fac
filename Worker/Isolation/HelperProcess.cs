using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ImageLibrary.Activities;
using ImageLibrary.Core;

namespace ImageLibrary.Worker.Isolation;

/// <summary>One helper process, seen from its parent. For one thread at a time.</summary>
internal sealed class HelperProcess : IDisposable
{
    // The helper keeps pictures in native memory; what it allocates on the managed heap is small.
    private const long HeapLimit = 128L << 20;

    // One picture after the other takes buffers of the same sizes. Given back to the system after each, their pages cost as much
    // processor time again as decoding. Source: mallopt(3) of the GNU C library.
    private static readonly (string Name, int Bytes)[] KeptByAllocator =
        [("MALLOC_MMAP_THRESHOLD_", 32 << 20), ("MALLOC_TRIM_THRESHOLD_", 64 << 20), ("MALLOC_TOP_PAD_", 16 << 20)];

    private const int KilledCode = 128 + 9;
    private const int TerminatedCode = 128 + 15;
    private const int MaxDerivativeBytes = 1 << 30;
    private const int StderrLines = 20;

    private readonly HelperOptions options;
    private readonly Process process;
    private readonly Stream input;
    private readonly Stream output;
    private readonly Queue<string> stderr = new();
    private volatile bool overdue;

    private HelperProcess(Process process, HelperOptions options)
    {
        this.options = options;
        this.process = process;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        input = process.StandardInput.BaseStream;
        output = process.StandardOutput.BaseStream;
    }

    /// <summary>Process id.</summary>
    internal int Id => process.Id;

    /// <summary>Whether it rendered a picture before.</summary>
    internal bool IsUsed { get; private set; }

    /// <summary>Whether it has ended.</summary>
    internal bool HasExited => process.HasExited;

    /// <summary>Starts a helper and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It cannot be started: the installation or the machine is at fault, no picture.</exception>
    internal static HelperProcess Start(HelperOptions options)
    {
        var command = options.Command ?? HelperCommand.OfThisProgram();
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. HelperCommand.Arguments(options)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit.ToString("X", CultureInfo.InvariantCulture);
        foreach (var (name, bytes) in KeptByAllocator)
        {
            start.Environment[name] = bytes.ToString(CultureInfo.InvariantCulture);
        }
        HelperProcess? helper = null;
        try
        {
            helper = new HelperProcess(Process.Start(start)!, options);
            helper.Within(options.StartDeadline, () => HelperMessages.Read<HelperDecision>(helper.output));
            return helper;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or Win32Exception)
        {
            var said = helper?.Said();
            helper?.Dispose();
            throw new InvalidOperationException($"The helper process '{string.Join(' ', command)}' does not start: {exception.Message} {said}", exception);
        }
    }

    /// <summary>Has it look at a picture, and render it unless only the estimate is wanted.</summary>
    /// <param name="source">The whole file.</param>
    /// <param name="specs">The derivatives.</param>
    /// <param name="admit">Called between estimate and rendering; null to leave it at the estimate.</param>
    /// <exception cref="SourceException">The picture cannot be shown; the helper lives on, except after a timeout.</exception>
    /// <exception cref="PictureCrashException">The helper died.</exception>
    internal (SourceEstimate Estimate, RenderResult? Result) Render(
        ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, Func<SourceEstimate, IDisposable>? admit)
    {
        try
        {
            var header = AskEstimate(source, specs);
            if (header.Estimate is not { } estimate || admit is null)
            {
                HelperMessages.Write(input, new HelperDecision(Render: false));
                IsUsed = true;
                return (header.Estimate ?? throw new SourceException(header.Failure ?? ImageFailure.Of(FailureClass.Corrupt)), null);
            }
            using var admitted = admit(estimate);
            var result = Within(options.PictureDeadline, () =>
            {
                HelperMessages.Write(input, new HelperDecision(Render: true));
                return ReadResult();
            });
            IsUsed = true;
            return (estimate, result);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw Death(exception);
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Dispose()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
        process.Dispose();
    }

    private unsafe HelperEstimate AskEstimate(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs)
    {
        fixed (byte* bytes = source)
        {
            var (pointer, length) = ((nint)bytes, source.Length);
            return Within(options.PictureDeadline, () =>
            {
                HelperMessages.Write(input, new HelperRequest(length, specs));
                input.Write(new ReadOnlySpan<byte>((void*)pointer, length));
                input.Flush();
                return HelperMessages.Read<HelperEstimate>(output);
            });
        }
    }

    private RenderResult ReadResult()
    {
        var result = HelperMessages.Read<HelperResult>(output);
        if (result.Failure is { } failure)
        {
            IsUsed = true;
            throw new SourceException(failure);
        }
        var derivatives = new List<RenderedDerivative>();
        try
        {
            foreach (var made in result.Derivatives)
            {
                if (made.Length is < 0 or > MaxDerivativeBytes)
                {
                    throw new InvalidDataException("The helper sent no derivative.");
                }
                var content = new HelperContent(made.Length);
                derivatives.Add(new RenderedDerivative(made.Kind, content, made.Facts) { MatchesSource = made.MatchesSource });
                output.ReadExactly(content.Memory.Span);
            }
            return new RenderResult(
                result.Facts ?? throw new InvalidDataException("The helper sent no facts."), derivatives, result.Thumbhash, result.Damaged);
        }
        catch
        {
            derivatives.ForEach(derivative => derivative.Dispose());
            throw;
        }
    }

    /// <summary>The end of the process ends every read and write, so killing it is the one deadline that always holds.</summary>
    private T Within<T>(TimeSpan time, Func<T> talk)
    {
        using var timer = new Timer(_ => KillOverdue(), null, time, Timeout.InfiniteTimeSpan);
        return talk();
    }

    private void KillOverdue()
    {
        overdue = true;
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private Exception Death(Exception exception)
    {
        if (!process.WaitForExit(TimeSpan.FromSeconds(1)))
        {
            // It is alive, but what it says is no message.
            process.Kill();
        }
        var said = Said();
        if (overdue)
        {
            return new SourceException(PictureFault.TooSlow(options.PictureDeadline), exception);
        }
        return HelperWords.IsOutOfMemory(said)
            ? new SourceException(HelperWords.TooLarge(options.Memory), exception)
            : new PictureCrashException(
                byItself: process.ExitCode is not (KilledCode or TerminatedCode), $"The helper ended with code {process.ExitCode}. {said}");
    }

    /// <summary>The last lines of its standard error, once it has ended.</summary>
    private string Said()
    {
        process.WaitForExit();
        lock (stderr)
        {
            return string.Join('\n', stderr);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }
        lock (stderr)
        {
            stderr.Enqueue(line);
            if (stderr.Count > StderrLines)
            {
                stderr.Dequeue();
            }
        }
    }

    private sealed class HelperContent(int length) : IMemoryOwner<byte>
    {
        private readonly byte[] rented = ArrayPool<byte>.Shared.Rent(length);

        public Memory<byte> Memory => rented.AsMemory(0, length);

        public void Dispose() => ArrayPool<byte>.Shared.Return(rented);
    }
}
