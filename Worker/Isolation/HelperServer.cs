using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ImageLibrary.Core;
using Microsoft.Win32.SafeHandles;

namespace ImageLibrary.Worker.Isolation;

/// <summary>The helper's side: renders one picture after the other until its parent is gone.</summary>
public static class HelperServer
{
    // What the runtime and the codecs themselves take of the limit.
    private const long Overhead = 192L << 20;

    /// <summary>Renders what comes through the standard input. Never returns: the process ends with the pipe.</summary>
    /// <param name="memory">Bytes that the process may take; set before any codec is loaded.</param>
    /// <param name="createRenderer">Creates the renderer.</param>
    public static void Run(long memory, Func<IImageRenderer> createRenderer)
    {
        ArgumentNullException.ThrowIfNull(createRenderer);
        HelperNative.LowerPriority();
        HelperNative.LimitMemory((ulong)memory);
        using var output = new FileStream(new SafeFileHandle(HelperNative.TakeStandardOutput(), ownsHandle: true), FileAccess.Write, bufferSize: 0);
        using var input = Console.OpenStandardInput();

        // A terminal's or a service manager's signal means the parent, which finishes what is in flight.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);

        var renderer = createRenderer();
        LoadCodecs(renderer);
        using var incoming = new Incoming(input);
        HelperMessages.Write(output, new HelperDecision(Render: true));
        while (true)
        {
            using var picture = incoming.Next();
            Serve(renderer, picture, incoming, output, memory);
        }
    }

    /// <summary>Before the first picture, so that its deadline is its own.</summary>
    private static void LoadCodecs(IImageRenderer renderer)
    {
        try
        {
            _ = renderer.RecipeFingerprint(DerivativeSpec.Defaults[0]);
        }
        catch (DllNotFoundException)
        {
            // Each picture is told what is missing.
        }
    }

    private static void Serve(IImageRenderer renderer, HelperPicture picture, Incoming incoming, Stream output, long memory)
    {
        var estimate = Estimate(renderer, picture, memory);
        HelperMessages.Write(output, estimate);
        if (!incoming.Decide() || estimate.Failure is not null)
        {
            return;
        }
        try
        {
            using var result = renderer.Render(picture.Source, picture.Specs, CancellationToken.None);
            HelperMessages.Write(output, new HelperResult
            {
                Facts = result.Facts,
                Thumbhash = result.Thumbhash,
                Damaged = result.Damaged,
                Derivatives = [.. result.Derivatives.Select(made => new HelperDerivative(
                    made.Kind, made.Facts, made.MatchesSource, made.Content.Memory.Length))],
            });
            foreach (var derivative in result.Derivatives)
            {
                output.Write(derivative.Content.Memory.Span);
            }
        }
        catch (Exception exception) when (exception is not IOException)
        {
            HelperMessages.Write(output, new HelperResult { Failure = FailureOf(exception, memory) });
        }
    }

    private static HelperEstimate Estimate(IImageRenderer renderer, HelperPicture picture, long memory)
    {
        try
        {
            var estimate = renderer.Estimate(picture.Source, picture.Specs);
            return estimate.PeakBytes + picture.Source.Length + Overhead <= memory
                ? new HelperEstimate(estimate, null)
                : new HelperEstimate(null, HelperWords.TooLarge(memory));
        }
        catch (Exception exception) when (exception is not IOException)
        {
            return new HelperEstimate(null, FailureOf(exception, memory));
        }
    }

    // Where a codec's allocation is refused, it says so in words.
    private static ImageFailure FailureOf(Exception exception, long memory) =>
        exception is OutOfMemoryException || HelperWords.IsOutOfMemory((exception.InnerException ?? exception).Message)
            ? HelperWords.TooLarge(memory)
            : (exception as SourceException)?.Failure ?? ImageFailure.Of(FailureClass.Corrupt);

    /// <summary>
    /// Reads the pipe on a thread of its own all the time, so that the process ends with its parent even while a codec hangs.
    /// </summary>
    private sealed class Incoming : IDisposable
    {
        private readonly BlockingCollection<HelperPicture> pictures = new(boundedCapacity: 1);
        private readonly BlockingCollection<bool> decisions = new(boundedCapacity: 1);

        public Incoming(Stream input) => new Thread(() => Read(input)) { IsBackground = true, Name = "parent" }.Start();

        public HelperPicture Next() => pictures.Take();

        public bool Decide() => decisions.Take();

        public void Dispose()
        {
            pictures.Dispose();
            decisions.Dispose();
        }

        private void Read(Stream input)
        {
            try
            {
                while (true)
                {
                    pictures.Add(HelperPicture.Read(input));
                    decisions.Add(HelperMessages.Read<HelperDecision>(input).Render);
                }
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException)
            {
                HelperNative.Exit(0);
            }
        }
    }
}
