namespace MongoDB.Bson;

/// <summary>
/// Compares numbers of different types by their exact values: no type is rounded into the other. NaN is less than every
/// number, as on the server.
/// </summary>
internal static class BsonNumberComparer
{
    public static bool AreEqual(BsonValue lhs, BsonValue rhs) => !IsNaN(lhs) && !IsNaN(rhs) && Compare(lhs, rhs) == 0;

    public static int Compare(BsonValue lhs, BsonValue rhs) => (lhs, rhs) switch
    {
        (BsonDecimal128 left, BsonDecimal128 right) => left.Value.CompareTo(right.Value),
        (BsonDecimal128 left, _) => left.Value.CompareTo(rhs.ToDecimal128()),
        (_, BsonDecimal128 right) => lhs.ToDecimal128().CompareTo(right.Value),
        (BsonDouble left, BsonDouble right) => left.Value.CompareTo(right.Value),
        (BsonDouble left, _) => -Compare(rhs.ToInt64(), left.Value),
        (_, BsonDouble right) => Compare(lhs.ToInt64(), right.Value),
        _ => lhs.ToInt64().CompareTo(rhs.ToInt64()),
    };

    private static bool IsNaN(BsonValue value) => value switch
    {
        BsonDouble number => double.IsNaN(number.Value),
        BsonDecimal128 number => Decimal128.IsNaN(number.Value),
        _ => false,
    };

    private static int Compare(long left, double right)
    {
        const double Limit = 9223372036854775808.0;
        if (double.IsNaN(right) || right < -Limit)
        {
            return 1;
        }
        if (right >= Limit)
        {
            return -1;
        }
        var whole = (long)right;
        return left != whole ? left.CompareTo(whole) : 0.0.CompareTo(right - whole);
    }
}
