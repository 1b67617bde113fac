using ImageLibrary.Activities;
using ImageLibrary.Core;

namespace ImageLibrary.Worker.Isolation;

/// <summary>
/// Renders in helper processes: one for each picture in work, started when it is needed, used again, ended after a while
/// without work.
/// </summary>
public sealed class HelperPool : IIsolatedRenderer, IDisposable
{
    private readonly HelperOptions options;
    private readonly TimeProvider time;
    private readonly ITimer sweep;
    private readonly Lock gate = new();
    private readonly Stack<(HelperProcess Helper, long Since)> idle = new();
    private readonly HashSet<HelperProcess> alive = [];
    private bool closed;

    /// <summary>Creates a pool; starts nothing yet.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="time">The clock.</param>
    public HelperPool(HelperOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        this.options = options;
        this.time = time;
        sweep = time.CreateTimer(_ => EndIdle(), null, options.IdleTime, options.IdleTime);
    }

    /// <summary>Process ids of the helpers.</summary>
    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (gate)
            {
                return [.. alive.Select(helper => helper.Id)];
            }
        }
    }

    /// <inheritdoc/>
    public SourceEstimate Estimate(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs) =>
        Ask(source, specs, null).Estimate;

    /// <inheritdoc/>
    public RenderResult Render(ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, Func<SourceEstimate, IDisposable> admit)
    {
        ArgumentNullException.ThrowIfNull(admit);
        return Ask(source, specs, admit).Result!;
    }

    /// <summary>Ends the helpers, also those at work.</summary>
    public void Dispose()
    {
        sweep.Dispose();
        lock (gate)
        {
            closed = true;
            idle.Clear();
            foreach (var helper in alive)
            {
                helper.Dispose();
            }
            alive.Clear();
        }
    }

    private (SourceEstimate Estimate, RenderResult? Result) Ask(
        ReadOnlySpan<byte> source, IReadOnlyList<DerivativeSpec> specs, Func<SourceEstimate, IDisposable>? admit)
    {
        while (true)
        {
            var helper = Take();
            try
            {
                var answer = helper.Render(source, specs, admit);
                Return(helper);
                return answer;
            }
            catch (SourceException) when (!helper.HasExited)
            {
                Return(helper);
                throw;
            }
            catch (PictureCrashException) when (helper.IsUsed)
            {
                // A picture before it may have left the harm; alone in a fresh process this one is judged fairly.
                End(helper);
            }
            catch
            {
                End(helper);
                throw;
            }
        }
    }

    private HelperProcess Take()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            while (idle.TryPop(out var free))
            {
                if (!free.Helper.HasExited)
                {
                    return free.Helper;
                }
                Forget(free.Helper);
            }
        }
        var started = HelperProcess.Start(options);
        lock (gate)
        {
            if (!closed)
            {
                alive.Add(started);
                return started;
            }
        }
        started.Dispose();
        throw new ObjectDisposedException(nameof(HelperPool));
    }

    private void Return(HelperProcess helper)
    {
        lock (gate)
        {
            if (!closed)
            {
                idle.Push((helper, time.GetTimestamp()));
            }
        }
    }

    private void End(HelperProcess helper)
    {
        lock (gate)
        {
            Forget(helper);
        }
    }

    private void EndIdle()
    {
        lock (gate)
        {
            var young = idle.Where(free => time.GetElapsedTime(free.Since) < options.IdleTime).Reverse().ToList();
            foreach (var (helper, _) in idle.Except(young))
            {
                Forget(helper);
            }
            idle.Clear();
            young.ForEach(idle.Push);
        }
    }

    private void Forget(HelperProcess helper)
    {
        alive.Remove(helper);
        helper.Dispose();
    }
}
