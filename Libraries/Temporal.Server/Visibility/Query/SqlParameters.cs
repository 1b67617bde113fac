using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ImageLibrary.Temporal.Server.Visibility.Query;

/// <summary>Collects the values of a statement, so that no text of a query ever becomes SQL.</summary>
internal sealed class SqlParameters
{
    private readonly List<object> values = [];

    /// <summary>Adds a value and gives the name that stands for it in the statement.</summary>
    public string Add(object value)
    {
        values.Add(value);
        return Name(values.Count - 1);
    }

    /// <summary>Binds all values to a command.</summary>
    public void BindTo(SqliteCommand command)
    {
        for (var i = 0; i < values.Count; i++)
        {
            command.Parameters.AddWithValue(Name(i), values[i]);
        }
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}");
}
