using ImageLibrary.Temporal.Server.Storage;
using ImageLibrary.Temporal.Server.Wire;

namespace ImageLibrary.Temporal.Server.Sharding;

/// <summary>One step of the shard: what a handler changed, to be made durable as a whole, and what happens once it is.</summary>
internal sealed class Transition(Shard shard, DateTimeOffset now) : PendingCommit
{
    private readonly List<ITransitionPart> parts = [];
    private readonly Queue<Action> effects = new();
    private readonly List<Action> durable = [];
    private readonly List<Action> afterCommit = [];

    public Shard Shard { get; } = shard;

    /// <summary>The time at which everything in this step happens.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Set where the caller is refused although the step stands.</summary>
    public RpcException? Refusal { get; set; }

    /// <summary>What has been changed so far.</summary>
    public IReadOnlyList<ITransitionPart> Parts => parts;

    /// <summary>Adds a consequence for another run, which happens within this step, after the handler has ended.</summary>
    public void AddEffect(Action effect) => effects.Enqueue(effect);

    /// <summary>Adds the note that something is durable, which comes before anything that follows from it.</summary>
    public void OnDurable(Action note) => durable.Add(note);

    /// <summary>Adds something that the loop does once this step is durable, such as handing out a task.</summary>
    public void AfterCommit(Action action) => afterCommit.Add(action);

    /// <summary>Adds something changed, which writes its rows when the step ends. A part adds itself once.</summary>
    public void Add(ITransitionPart part) => parts.Add(part);

    /// <summary>Runs the consequences and collects the rows.</summary>
    public void Complete()
    {
        while (effects.TryDequeue(out var effect))
        {
            effect();
        }

        foreach (var part in parts)
        {
            part.Complete(this);
        }
    }

    public void NoteDurable() => durable.ForEach(note => note());

    public void RunAfterCommit() => afterCommit.ForEach(action => action());
}
