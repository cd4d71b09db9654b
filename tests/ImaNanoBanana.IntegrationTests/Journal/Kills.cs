using System.Globalization;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>How many processes are killed, when each of them is killed, and what its clock shows.</summary>
internal static class Kills
{
    /// <summary>
    /// A submission reports nine steps and its end, and twenty submissions print 200 lines. A prime number never falls into step with the
    /// clocks.
    /// </summary>
    private const int Points = 199;

    /// <summary>
    /// How many hours a process is ahead of the machine: longer than a submission may take, a day, and longer than finished entries are
    /// kept.
    /// </summary>
    private static readonly string[] Clocks = ["0", "2", "-2", "26", "-26", "744", "-744"];

    /// <summary>How many processes each test kills at points it chooses itself; set <c>IMA_KILLS=300</c> for more.</summary>
    public static int Count { get; } = int.Parse(Environment.GetEnvironmentVariable("IMA_KILLS") ?? "9", CultureInfo.InvariantCulture);

    /// <returns>The hours that the clock of a process is ahead.</returns>
    public static string Hours(int process) => Clocks[process % Clocks.Length];

    /// <returns>After how many of its lines a process is killed.</returns>
    public static int Lines(int process) => 1 + (process * 83 % Points);

    /// <returns>The number of each, as text.</returns>
    public static string Spread(IEnumerable<string> items) =>
        string.Join(
            ", ",
            items.GroupBy(item => item).OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $"{item.Key} {item.Count()}"));
}
