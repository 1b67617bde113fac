using Temporalio.Api.Common.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Converters;

public sealed class DataConverterTests
{
    private static readonly IPayloadConverter Payloads = DataConverter.Default.PayloadConverter;

    [Theory]
    [InlineData(null, "binary/null", "")]
    [InlineData("text", "json/plain", "\"text\"")]
    [InlineData(5, "json/plain", "5")]
    public void ToPayload_OfPlainValue_HasEncodingAndData(object? value, string encoding, string data)
    {
        var payload = Payloads.ToPayload(value);

        Assert.Equal(encoding, payload.Metadata["encoding"].ToStringUtf8());
        Assert.Equal(data, payload.Data.ToStringUtf8());
    }

    [Fact]
    public void ToValue_OfProtobufPayload_GivesEqualMessage()
    {
        var message = new WorkflowExecution { WorkflowId = "w", RunId = "r" };

        var payload = Payloads.ToPayload(message);

        Assert.Equal("json/protobuf", payload.Metadata["encoding"].ToStringUtf8());
        Assert.Equal(message, Payloads.ToValue<WorkflowExecution>(payload));
    }

    [Fact]
    public void ToValue_OfBytes_GivesSameBytes() => Assert.Equal([1, 2, 3], Payloads.ToValue<byte[]>(Payloads.ToPayload(new byte[] { 1, 2, 3 })));

    [Fact]
    public void ToException_OfForeignException_KeepsTypeNameMessageAndCause()
    {
        var failure = DataConverter.Default.FailureConverter.ToFailure(new InvalidOperationException("outer", new ArgumentException("inner")), Payloads);

        var exception = Assert.IsType<ApplicationFailureException>(DataConverter.Default.FailureConverter.ToException(failure, Payloads));

        Assert.Equal("InvalidOperationException", exception.ErrorType);
        Assert.Equal("outer", exception.Message);
        Assert.Equal("ArgumentException", Assert.IsType<ApplicationFailureException>(exception.InnerException).ErrorType);
    }

    [Fact]
    public void ToFailure_WithEncodedCommonAttributes_HidesAndRestoresTheMessage()
    {
        var converter = new DefaultFailureConverter.WithEncodedCommonAttributes();

        var failure = converter.ToFailure(new ApplicationFailureException("secret"), Payloads);

        Assert.Equal("Encoded failure", failure.Message);
        Assert.Equal("secret", converter.ToException(failure, Payloads).Message);
    }
}
