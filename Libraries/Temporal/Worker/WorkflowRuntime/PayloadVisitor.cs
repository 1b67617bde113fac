using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>Applies a codec to every payload within a message, in place, except in search attributes, which the server
/// must be able to read. Knows the fields from the messages' own descriptions.</summary>
internal static class PayloadVisitor
{
    public static Task EncodeAsync(IMessage message, IPayloadCodec codec) => VisitAsync(message, codec.EncodeAsync);

    public static Task DecodeAsync(IMessage message, IPayloadCodec codec) => VisitAsync(message, codec.DecodeAsync);

    private static async Task VisitAsync(
        IMessage message, Func<IReadOnlyCollection<Payload>, Task<IReadOnlyCollection<Payload>>> apply)
    {
        switch (message)
        {
            case SearchAttributes or Duration or Timestamp:
                return;
            case Payload payload:
                var single = await apply([payload.Clone()]).ConfigureAwait(false);
                Replace(payload, single.Single());
                return;
            case Payloads payloads:
                Payload[] several = [.. await apply([.. payloads.Payloads_]).ConfigureAwait(false)];
                payloads.Payloads_.Clear();
                payloads.Payloads_.Add(several);
                return;
            case Any any:
                await VisitAnyAsync(any, apply).ConfigureAwait(false);
                return;
            default:
                break;
        }

        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType == FieldType.Message)
            {
                foreach (var child in Children(field.Accessor.GetValue(message)))
                {
                    await VisitAsync(child, apply).ConfigureAwait(false);
                }
            }
        }
    }

    // Messages of the update protocol travel packed.
    private static async Task VisitAnyAsync(
        Any any, Func<IReadOnlyCollection<Payload>, Task<IReadOnlyCollection<Payload>>> apply)
    {
        var known = Api.Update.V1.Request.Descriptor.File.MessageTypes.FirstOrDefault(
            type => type.FullName == Any.GetTypeName(any.TypeUrl));
        if (known != null)
        {
            var body = known.Parser.ParseFrom(any.Value);
            await VisitAsync(body, apply).ConfigureAwait(false);
            any.Value = body.ToByteString();
        }
    }

    private static void Replace(Payload target, Payload source)
    {
        target.Metadata.Clear();
        target.Metadata.Add(source.Metadata);
        target.Data = source.Data;
    }

    private static IEnumerable<IMessage> Children(object? value) => value switch
    {
        IMessage single => [single],
        IDictionary map => map.Values.OfType<IMessage>(),
        IEnumerable list => list.OfType<IMessage>(),
        _ => [],
    };
}
