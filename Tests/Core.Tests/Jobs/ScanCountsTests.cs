using CsCheck;
using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Core.Jobs;

public sealed class ScanCountsTests
{
    private static readonly Gen<ScanCounts> Counts =
        from numbers in Gen.Long[0, 1_000_000].Array[12]
        from failures in Gen.Dictionary(Gen.Enum<FailureClass>(), Gen.Long[1, 100])[0, 5]
        select Of(numbers, failures);

    [Fact]
    public void Add_AnyTwo_AddsEveryNumber() => Gen.Select(Counts, Counts).Sample((left, right) =>
    {
        var sum = left + right;
        foreach (var property in typeof(ScanCounts).GetProperties().Where(property => property.PropertyType == typeof(long)))
        {
            Assert.Equal((long)property.GetValue(left)! + (long)property.GetValue(right)!, (long)property.GetValue(sum)!);
        }
        foreach (var failureClass in Enum.GetValues<FailureClass>())
        {
            Assert.Equal(
                left.FailuresByClass.GetValueOrDefault(failureClass) + right.FailuresByClass.GetValueOrDefault(failureClass),
                sum.FailuresByClass.GetValueOrDefault(failureClass));
        }
    });

    private static ScanCounts Of(long[] numbers, Dictionary<FailureClass, long> failures)
    {
        var counts = new ScanCounts { FailuresByClass = new ScanCounts().FailuresByClass.AddRange(failures) };
        var properties = typeof(ScanCounts).GetProperties().Where(property => property is { CanWrite: true } && property.PropertyType == typeof(long)).ToArray();
        Assert.Equal(numbers.Length, properties.Length);
        foreach (var (property, number) in properties.Zip(numbers))
        {
            property.SetValue(counts, number);
        }
        return counts;
    }
}
