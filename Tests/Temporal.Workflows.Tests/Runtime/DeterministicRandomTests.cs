using Temporalio.Common;
using Temporalio.Worker.WorkflowRuntime;

namespace ImageLibrary.Tests.Temporal.Workflows.Tests.Runtime;

public sealed class DeterministicRandomTests
{
    /// <summary>Values taken from the official SDK, version 1.21.1.</summary>
    [Theory]
    [InlineData(0UL, 540997201, 4, 92515, 0.1512732959447698, "537F8D090BDB29657AD9183B1C1B44085C665778", 238777776)]
    [InlineData(1UL, 1870107200, 6, 260318, 0.3698437355237141, "77068338E199A18EAB2667E39CF74F64E62AA888", -1277501329)]
    [InlineData(42UL, 561665741, 9, 495998, 0.22540664132059396, "6DBF7620E5231C1EF9AFC9A3C58FEB5ABFFF4CAE", 2075853095)]
    [InlineData(ulong.MaxValue, 827760453, 7, 336347, 0.7005485983384152, "F47D7A5CB2295AD2EA872D1227C172FC5F4B7492", 35417259)]
    public void Sequence_OfASeed_EqualsTheOfficialOne(
        ulong seed, int next, int below10, int between, double fraction, string bytes, int wide)
    {
        var random = new DeterministicRandom(seed);
        var buffer = new byte[20];
        Assert.Equal(next, random.Next());
        Assert.Equal(below10, random.Next(10));
        Assert.Equal(between, random.Next(-5, 1000000));
        Assert.Equal(fraction, random.NextDouble());
        random.NextBytes(buffer);
        Assert.Equal(bytes, Convert.ToHexString(buffer));
        Assert.Equal(wide, random.Next(int.MinValue, int.MaxValue));
    }

    [Fact]
    public void Seed_OfDifferentRuns_Differs() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(i => RandomSeed.Of($"run-{i}")).Distinct().Count());
}
