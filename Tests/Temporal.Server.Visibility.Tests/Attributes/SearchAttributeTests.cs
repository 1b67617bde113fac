using System.Globalization;
using ImageLibrary.Temporal.Server.Visibility.Attributes;
using Temporalio.Api.Enums.V1;
using Xunit;

namespace ImageLibrary.Tests.Temporal.Server.Visibility.Attributes;

public class SearchAttributeTests
{
    private static SearchAttributeDefinitions Definitions => VisibilityTable.Definitions;

    [Theory]
    [InlineData("MyKeyword", 1)]
    [InlineData("MyInt", "1")]
    [InlineData("MyInt", 1.5)]
    [InlineData("MyBool", "true")]
    [InlineData("MyTime", "2026-01-01")]
    [InlineData("MyTime", 5)]
    [InlineData("MyDouble", "x")]
    public void Validate_ValueOfAnotherType_IsRefusedWithNameAndType(string name, object value)
    {
        var failure = Assert.Throws<SearchAttributeException>(() => Definitions.Validate("default", VisibilityTable.Attributes((name, value))));
        Assert.StartsWith($"invalid value for search attribute {name} of type ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_UnknownAttribute_SaysSoAsTheOfficialServerDoes()
    {
        var failure = Assert.Throws<SearchAttributeException>(() => Definitions.Validate("default", VisibilityTable.Attributes(("Foo", "x"))));
        Assert.Equal("Namespace default has no mapping defined for search attribute Foo", failure.Message);
    }

    [Fact]
    public void Validate_FieldOfTheExecution_CannotBeSet() =>
        Assert.Throws<SearchAttributeException>(() => Definitions.Validate("default", VisibilityTable.Attributes(("WorkflowId", "x"))));

    [Theory]
    [InlineData("TemporalChangeVersion")]
    [InlineData("BuildIds")]
    public void Validate_AttributeThatSdksSet_IsAccepted(string name) =>
        Definitions.Validate("default", VisibilityTable.Attributes((name, new[] { "a-1" })));

    [Fact]
    public void Validate_ValueOverLimit_IsRefused() =>
        Assert.Throws<SearchAttributeException>(() => Definitions.Validate(
            "default", VisibilityTable.Attributes(("MyKeyword", new string('a', SearchAttributeLimits.MaxValueBytes)))));

    [Fact]
    public void Validate_TotalOverLimit_IsRefused()
    {
        var definitions = SearchAttributeDefinitions.None;
        var attributes = new List<(string, object?)>();
        for (var i = 0; i < 21; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"K{i}");
            definitions = definitions.With(name, IndexedValueType.Keyword);
            attributes.Add((name, new string('a', 2_000)));
        }

        var failure = Assert.Throws<SearchAttributeException>(() => definitions.Validate("default", VisibilityTable.Attributes([.. attributes])));
        Assert.StartsWith("total size of search attributes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_NullAndEmptyValues_RemoveTheAttribute()
    {
        var current = VisibilityTable.Attributes(("MyKeyword", "a"), ("MyList", new[] { "x" }), ("MyInt", 1));
        var merged = Definitions.Merge(current, VisibilityTable.Attributes(("MyKeyword", null), ("MyList", Array.Empty<string>()), ("MyInt", 2)));
        Assert.Equal(["MyInt"], merged.IndexedFields.Keys);
        Assert.Equal("2", merged.IndexedFields["MyInt"].Data.ToStringUtf8());
    }

    [Theory]
    [InlineData("WorkflowId")]
    [InlineData("TemporalAnything")]
    [InlineData(" ")]
    public void With_ReservedOrEmptyName_IsRefused(string name) =>
        Assert.Throws<SearchAttributeException>(() => Definitions.With(name, IndexedValueType.Keyword));

    [Fact]
    public void With_SameNameAgain_IsAcceptedWithTheSameTypeOnly()
    {
        Assert.Same(Definitions, Definitions.With("MyInt", IndexedValueType.Int));
        Assert.Throws<SearchAttributeException>(() => Definitions.With("MyInt", IndexedValueType.Double));
    }

    [Theory]
    [InlineData(IndexedValueType.Keyword, "a\"b", "\"a\\u0022b\"")]
    [InlineData(IndexedValueType.Bool, 1L, "true")]
    [InlineData(IndexedValueType.Datetime, 1_767_225_600_000_000_000L, "\"2026-01-01T00:00:00Z\"")]
    public void Encode_Value_CarriesJsonAndType(IndexedValueType type, object value, string json)
    {
        var payload = SearchAttributeCodec.Encode(type, value);
        Assert.Equal(json, payload.Data.ToStringUtf8());
        Assert.Equal(type.ToString(), payload.Metadata["type"].ToStringUtf8());
        Assert.Equal("json/plain", payload.Metadata["encoding"].ToStringUtf8());
        Assert.Equal(value, Assert.Single(SearchAttributeCodec.Decode("A", type, payload)));
    }

    [Fact]
    public void Decode_NanosecondTime_KeepsEveryDigit()
    {
        var value = SearchAttributeCodec.Decode("A", IndexedValueType.Datetime, VisibilityTable.Json("1970-01-01T00:00:01.123456789Z"));
        Assert.Equal(1_123_456_789L, Assert.Single(value));
    }

    [Fact]
    public void Decode_Text_GivesItsWordsInLowerCaseOnce()
    {
        var value = SearchAttributeCodec.Decode("A", IndexedValueType.Text, VisibilityTable.Json("Red car, RED-Ünit 7"));
        Assert.Equal(["red", "car", "ünit", "7"], value);
    }
}
