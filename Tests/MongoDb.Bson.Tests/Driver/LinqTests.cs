using System.Linq.Expressions;
using ImageLibrary.Tests.MongoServers;
using MongoDB.Driver;
using MongoDB.Driver.Linq;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>Queries whose results must be the same on the server as in memory.</summary>
public abstract class LinqTests(MongoServer server, ServerKind kind) : CollectionTests(server, kind)
{
    private static readonly Person[] Local = [.. Enumerable.Range(0, 60).Select(number => NewPerson(number) with
    {
        Tags = [.. Enumerable.Range(0, number % 4).Select(index => new Tag($"t{(number + index) % 5}", number * index))],
        Attributes = new() { ["n"] = number, [number % 2 == 0 ? "even" : "odd"] = number / 2 },
    })];

    private static readonly string[] Wanted = ["P1", "P3"];

    [Fact]
    public async Task Queries_OfEveryKind_GiveWhatMemoryGives()
    {
        var people = Collection<Person>();
        await people.InsertManyAsync(Local, cancellationToken: Cancelled);
        var stored = people.AsQueryable().OrderBy(person => person.Age);
        Filters(stored);
        Projections(stored);
        Arrays(stored);
        Groups(stored);
        Scalars(stored);
    }

    private static void Filters(IQueryable<Person> stored)
    {
        Same(stored, people => people.Where(person => person.Age > 10 && person.Age <= 20 || person.Name == "P9").Select(person => person.Age));
        Same(stored, people => people.Where(person => Wanted.Contains(person.Name) && !(person.Age < 30)).Select(person => person.Age));
        Same(stored, people => people.Where(person => person.Name.StartsWith('P') && person.Name.EndsWith('4') && person.Name.Length == 2).Select(person => person.Age));
        Same(stored, people => people.Where(person => person.Age % 7 == 3).Select(person => person.Age));
        Same(stored, people => people.Where(person => person.Favourite != Colour.Red).Select(person => person.Age));
        Same(stored, people => people.Where(person => person.Born >= DateTime.UnixEpoch.AddDays(50)).Select(person => person.Age));
        Same(stored, people => people.Where(person => person.Attributes.ContainsKey("odd")).Select(person => person.Age));
        Same(stored, people => people.Where(person => person.Attributes["n"] == 12).Select(person => person.Age));
        Same(stored, people => people.Where(person => person.Tags.Any(tag => tag.Key == "t1" && tag.Weight > 20)).Select(person => person.Age));
        Same(stored, people => people.Where(person => person.Tags.Count == 2).Select(person => person.Age));
        Same(stored, people => people.Where(person => person.Tags.All(tag => tag.Weight < 30)).Select(person => person.Age));
        Same(stored, people => people.Where(person => person.Age + person.Tags.Count > 58).Select(person => person.Age));
    }

    private static void Projections(IQueryable<Person> stored)
    {
        Same(stored, people => people.Select(person => new { person.Name, Double = person.Age * 2, Half = person.Age / 2.0 }));
        Same(stored, people => people.Select(person => person.Age < 30 ? "young" : person.Name.ToUpperInvariant() + "!"));
        Same(stored, people => people.Select(person => new { person.Born.Year, person.Born.Month, person.Born.Day, person.Born.DayOfWeek }));
        Same(stored, people => people.Select(person => person.Name.Substring(1).Trim()));
        Same(stored, people => people.Select(person => new Tag(person.Name, person.Age)));
        Same(stored, people => people.Select(person => new { person.Favourite, Root = Math.Sqrt(person.Age), Rest = Math.Abs(person.Age - 30) }));
        Same(stored, people => people.Skip(5).Take(7).Select(person => person.Age));
        Same(stored, people => people.Select(person => person.Name).Distinct().OrderBy(name => name));
        Same(stored, people => people.OrderBy(person => person.Name).ThenByDescending(person => person.Age).Select(person => person.Age));
    }

    private static void Arrays(IQueryable<Person> stored)
    {
        Same(stored, people => people.SelectMany(person => person.Tags).OrderBy(tag => tag.Weight).ThenBy(tag => tag.Key));
        Same(stored, people => people.SelectMany(person => person.Tags, (person, tag) => new { person.Age, tag.Key }).Where(pair => pair.Key == "t2"));
        Same(stored, people => people.Where(person => person.Tags.Count > 0).Select(person => person.Tags[0].Key));
        Same(stored, people => people.Where(person => person.Tags.Count > 1).Select(person => person.Tags.Last().Weight));
        Same(stored, people => people.Select(person => person.Tags.Sum(tag => tag.Weight)));
        Same(stored, people => people.Where(person => person.Tags.Count > 0).Select(person => person.Tags.Average(tag => tag.Weight)));
        Same(stored, people => people.SelectMany(person => person.Tags.Where(tag => tag.Weight > 10).Select(tag => tag.Key)));
        Same(stored, people => people.Select(person => person.Tags.Count(tag => tag.Key == "t0")));
        Same(stored, people => people.Select(person => person.Tags.Select(tag => tag.Key).Contains("t3")));
        Same(stored, people => people.SelectMany(person => person.Tags.Select(tag => tag.Weight).Concat(new[] { -1 })));
        Same(stored, people => people.Select(person => person.Tags.Select(tag => tag.Weight).Aggregate(1, (product, weight) => product + weight * 2)));
        Same(stored, people => people.SelectMany(person => person.Tags.Skip(1).Take(1).Select(tag => tag.Weight)));
        Same(stored, people => people.SelectMany(person => Enumerable.Reverse(person.Tags).Select(tag => tag.Weight)));
    }

    private static void Groups(IQueryable<Person> stored)
    {
        Same(stored, people => people.GroupBy(person => person.Name).Select(group => new { group.Key, Count = group.Count(), Sum = group.Sum(person => person.Age) }).OrderBy(group => group.Key));
        Same(stored, people => people.GroupBy(person => new { person.Favourite, Even = person.Age % 4 })
            .Select(group => new { group.Key.Favourite, group.Key.Even, Oldest = group.Max(person => person.Age), Youngest = group.Min(person => person.Age) })
            .OrderBy(group => group.Even).ThenBy(group => group.Oldest));
        Same(stored, people => people.GroupBy(person => person.Favourite).Select(group => group.Average(person => person.Age)).OrderBy(average => average));
        Same(stored, people => people.SelectMany(person => person.Tags).GroupBy(tag => tag.Key).Where(group => group.Count() > 3).Select(group => group.Key).OrderBy(key => key));
        Same(stored, people => people.GroupBy(person => person.Name).OrderBy(group => group.Key).Select(group => group.Select(person => person.Tags.Count).Sum()));
    }

    private static void Scalars(IQueryable<Person> stored)
    {
        Assert.Equal(Local.Count(person => person.Age > 20), stored.Count(person => person.Age > 20));
        Assert.Equal(Local.Sum(person => person.Age), stored.Sum(person => person.Age));
        Assert.Equal(Local.Average(person => person.Age), stored.Average(person => person.Age));
        Assert.Equal(Local.Max(person => person.Born), stored.Max(person => person.Born));
        Assert.Equal(Local.First(person => person.Name == "P5").Age, stored.First(person => person.Name == "P5").Age);
        Assert.Null(stored.FirstOrDefault(person => person.Age == 1000));
        Assert.True(stored.Any(person => person.Age == 59));
        Assert.Throws<InvalidOperationException>(() => stored.Single(person => person.Name == "P1"));
        Assert.Throws<ExpressionNotSupportedException>(() => stored.Where(person => person.Name.GetHashCode(StringComparison.Ordinal) == 1).ToList());
    }

    private static void Same<T>(IQueryable<Person> stored, Expression<Func<IQueryable<Person>, IQueryable<T>>> query)
    {
        var run = query.Compile();
        Assert.Equal(run(Local.AsQueryable()).ToList(), run(stored).ToList());
    }
}
